package dev.millwright.node.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A host that asks everybody for a password and keeps what it is shown.
final class Canary implements AutoCloseable {
    final List<String> shown = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    private Canary(HttpServer server) {
        this.server = server;
    }

    static Canary start() throws IOException {
        return start("127.0.0.1");
    }

    static Canary start(String address) throws IOException {
        Canary canary =
                new Canary(
                        HttpServer.create(
                                new InetSocketAddress(InetAddress.getByName(address), 0), 0));
        canary.server.createContext("/", canary::answer);
        canary.server.start();
        return canary;
    }

    static HttpServer server() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    String url(String path) {
        return "http://%s:%d%s"
                .formatted(
                        server.getAddress().getAddress().getHostAddress(),
                        server.getAddress().getPort(),
                        path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().getPath());
        String proof = exchange.getRequestHeaders().getFirst("Authorization");
        if (proof != null) {
            shown.add(proof);
        }
        demand(exchange);
    }

    static void demand(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
