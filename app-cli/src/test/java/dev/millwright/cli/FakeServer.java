package dev.millwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// A small HTTP server that gives the answers it was told to give and remembers what was asked.
final class FakeServer implements AutoCloseable {
    record Asked(String method, String path, String query, String key, String body) {}

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private FakeServer(HttpServer server) {
        this.server = server;
    }

    static FakeServer start() {
        return start(0);
    }

    static FakeServer start(int port) {
        try {
            HttpServer http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
            FakeServer fake = new FakeServer(http);
            http.createContext("/", fake::handle);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return fake;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int port() {
        return server.getAddress().getPort();
    }

    FakeServer on(String method, String path, int status, String json) {
        answers.put(method + " " + path, new Answer(status, "application/json", json));
        return this;
    }

    FakeServer problem(String method, String path, int status, String detail) {
        return problem(method, path, status, detail, "");
    }

    FakeServer problem(String method, String path, int status, String detail, String errors) {
        String json =
                """
                {"type":"/problems/x","title":"Problem","status":%d,"detail":"%s","instance":"%s","errors":[%s],"traceId":"abc"}
                """
                        .formatted(status, detail, path, errors);
        answers.put(method + " " + path, new Answer(status, "application/problem+json", json));
        return this;
    }

    FakeServer stream(String path, String events) {
        answers.put("GET " + path, new Answer(200, "text/event-stream", events));
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(
                new Asked(
                        exchange.getRequestMethod(),
                        path,
                        query == null ? "" : query,
                        key == null ? "" : key,
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer =
                answers.getOrDefault(
                        exchange.getRequestMethod() + " " + path,
                        new Answer(404, "application/json", "{}"));
        byte[] body = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
