package dev.millwright.github;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Stands in for GitHub's REST API on this machine, and takes only what its documentation says:
/// "Create a commit status" and "Get repository content". Usable from any thread.
final class GithubStandIn implements AutoCloseable {
    static final String TOKEN = "secret-TOKEN";

    private static final Pattern STATUSES =
            Pattern.compile("/repos/octo/web/statuses/([0-9a-f]{40})");
    private static final Set<String> STATES = Set.of("error", "failure", "pending", "success");
    private static final Set<String> MEMBERS =
            Set.of("state", "target_url", "description", "context");
    private static final int MOST_DESCRIPTION = 140;

    /// What it answers instead of what is right.
    record Refusal(int status, Map<String, String> headers) {}

    /// What it has stored.
    record Shown(String commit, Map<String, String> status) {}

    private final JsonMapper json = new JsonMapper();
    private final List<Shown> shown = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile Refusal refusal = new Refusal(0, Map.of());

    GithubStandIn() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /// The setting `api` for it.
    String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
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
            if (now.status() != 0) {
                now.headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, now.status(), "{\"message\": \"refused\"}");
                return;
            }
            List<String> problems = headers(exchange);
            if (!("Bearer " + TOKEN).equals(header(exchange, "Authorization"))) {
                send(exchange, 401, "{\"message\": \"Bad credentials\"}");
            } else if (!problems.isEmpty()) {
                send(exchange, 400, problems.toString());
            } else if (exchange.getRequestMethod().equals("POST")) {
                status(exchange, body);
            } else {
                content(exchange);
            }
        }
    }

    private static List<String> headers(HttpExchange exchange) {
        List<String> problems = new ArrayList<>();
        if (!String.valueOf(header(exchange, "Accept")).startsWith("application/vnd.github")) {
            problems.add("Accept: application/vnd.github... is recommended");
        }
        if (!"2022-11-28".equals(header(exchange, "X-GitHub-Api-Version"))) {
            problems.add("X-GitHub-Api-Version names no version");
        }
        if (header(exchange, "User-Agent") == null) {
            problems.add("requests without User-Agent are rejected");
        }
        return problems;
    }

    private static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    private void status(HttpExchange exchange, byte[] body) throws IOException {
        Matcher path = STATUSES.matcher(exchange.getRequestURI().getRawPath());
        if (!path.matches()) {
            send(exchange, 404, "{\"message\": \"Not Found\"}");
            return;
        }
        Map<String, String> members = new LinkedHashMap<>();
        JsonNode object = json.readTree(body);
        object.properties().forEach(one -> members.put(one.getKey(), one.getValue().asString()));
        boolean valid =
                MEMBERS.containsAll(members.keySet())
                        && STATES.contains(members.get("state"))
                        && members.getOrDefault("description", "").length() <= MOST_DESCRIPTION
                        && members.getOrDefault("target_url", "https://").matches("https?://.*");
        if (!valid) {
            send(exchange, 422, "{\"message\": \"Validation Failed\"}");
            return;
        }
        shown.add(new Shown(path.group(1), members));
        send(exchange, 201, json.writeValueAsString(members));
    }

    private static void content(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        boolean raw = "application/vnd.github.raw+json".equals(header(exchange, "Accept"));
        if (raw && asked.equals("/repos/octo/web/contents/.millwright/a%20b.yaml?ref=abc123")) {
            send(exchange, 200, "steps: []\n");
        } else {
            send(exchange, 404, "{\"message\": \"Not Found\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
