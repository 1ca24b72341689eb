package dev.millwright.itest.plugin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes statuses of commits where GitHub takes them, from whoever has the token. The plugin's own
/// tests hold every request against what GitHub documents. Usable from any thread.
final class StatusReceiver implements AutoCloseable {
    static final String TOKEN = "a-token";
    private static final String PLACE = "/repos/octo/web/statuses/";
    private static final JsonMapper JSON = new JsonMapper();

    /// @param commit that it is about
    record Shown(String commit, String state, String context, String description, String url) {}

    private final List<Shown> shown = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile int refusal;

    StatusReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PLACE, this::take);
        server.start();
    }

    String api() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Shown> shown() {
        return List.copyOf(shown);
    }

    List<String> states() {
        return shown.stream().map(Shown::state).toList();
    }

    /// Answer everybody with this status from now on; 0 ends that.
    void refuse(int status) {
        refusal = status;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String key = exchange.getRequestHeaders().getFirst("Authorization");
            int status = refusal != 0 ? refusal : key.equals("Bearer " + TOKEN) ? 201 : 401;
            if (status == 201) {
                shown.add(
                        new Shown(
                                exchange.getRequestURI().getPath().substring(PLACE.length()),
                                body.at("/state").asString(""),
                                body.at("/context").asString(""),
                                body.at("/description").asString(""),
                                body.at("/target_url").asString("")));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
