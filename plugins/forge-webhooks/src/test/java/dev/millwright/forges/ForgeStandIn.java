package dev.millwright.forges;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for a forge's REST API on this machine, and takes only what the forge documents.
/// Usable from any thread.
final class ForgeStandIn implements AutoCloseable {
    private static final String BASE = "/some/api";

    /// What it has stored.
    record Shown(String commit, Map<String, String> status) {}

    /// What it answers instead of what is right; status 0 for what is right.
    private record Refusal(int status, Map<String, String> headers) {}

    private final JsonMapper json = new JsonMapper();
    private final List<Shown> shown = new CopyOnWriteArrayList<>();
    private final Forge forge;
    private final HttpServer server;
    private volatile Refusal refusal = new Refusal(0, Map.of());

    ForgeStandIn(Forge forge) throws IOException {
        this.forge = forge;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /// The setting `api` for it.
    String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BASE + "/";
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    /// Refuse everybody from now on; 0 ends that.
    void refuse(int status, Map<String, String> headers) {
        refusal = new Refusal(status, headers);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Refusal now = refusal;
            String asked = exchange.getRequestURI().toString();
            if (now.status() != 0) {
                now.headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, now.status(), "{\"message\": \"refused\"}");
            } else if (!isProven(exchange)) {
                send(exchange, 401, "{\"message\": \"401 Unauthorized\"}");
            } else if (exchange.getRequestMethod().equals("POST")) {
                status(exchange, asked, body);
            } else if (asked.equals(BASE + forge.file)) {
                send(exchange, 200, "steps: []\n");
            } else {
                send(exchange, 404, "{\"message\": \"404 Not Found\"}");
            }
        }
    }

    private boolean isProven(HttpExchange exchange) {
        return forge.proof.entrySet().stream()
                .allMatch(header ->
                        header.getValue()
                                .equals(exchange.getRequestHeaders().getFirst(header.getKey())));
    }

    private void status(HttpExchange exchange, String asked, byte[] body) throws IOException {
        Matcher path = Pattern.compile(Pattern.quote(BASE) + forge.statuses).matcher(asked);
        if (!path.matches()) {
            send(exchange, 404, "{\"message\": \"404 Not Found\"}");
            return;
        }
        JsonNode object = json.readTree(body);
        Map<String, String> members = new TreeMap<>();
        object.properties().forEach(one -> members.put(one.getKey(), one.getValue().stringValue()));
        Optional<String> problem = problem(exchange, path.group(1), members);
        if (problem.isPresent()) {
            send(exchange, 400, "{\"message\": \"%s\"}".formatted(problem.get()));
            return;
        }
        shown.add(new Shown(path.group(1), members));
        String answer = forge.stored() == 204 ? "" : json.writeValueAsString(members);
        send(exchange, forge.stored(), answer);
    }

    private Optional<String> problem(
            HttpExchange exchange, String commit, Map<String, String> members) {
        if (!"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            return Optional.of("the body is not said to be JSON");
        }
        if (!members.keySet().containsAll(forge.needed())) {
            return Optional.of("something of %s is missing".formatted(forge.needed()));
        }
        for (Map.Entry<String, String> member : members.entrySet()) {
            int most = forge.members().getOrDefault(member.getKey(), -1);
            if (member.getValue().length() > most) {
                return Optional.of("%s is unknown or too long".formatted(member.getKey()));
            }
        }
        String state = members.getOrDefault("state", "");
        if (!forge.words.contains(state)) {
            return Optional.of("state does not have a valid value");
        }
        return forge == Forge.GITLAB ? transition(commit, members, state) : Optional.empty();
    }

    /// GitLab does not let a status become what it is, or what it was before.
    private Optional<String> transition(String commit, Map<String, String> members, String state) {
        Set<String> last = new LinkedHashSet<>();
        for (Shown one : shown) {
            if (one.commit().equals(commit)
                    && one.status().get("name").equals(members.get("name"))) {
                last.clear();
                last.add(String.valueOf(one.status().get("state")));
            }
        }
        String event = state.equals("pending") ? "enqueue" : state.equals("running") ? "run" : "";
        boolean refused =
                !event.isEmpty() && (last.contains("running") || last.equals(Set.of(state)));
        return refused
                ? Optional.of(
                        "Cannot transition status via :%s from :%s (Reason(s): Status cannot...)"
                                .formatted(event, last.iterator().next()))
                : Optional.empty();
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
