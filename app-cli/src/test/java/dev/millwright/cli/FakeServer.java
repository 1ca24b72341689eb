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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A small HTTP server that gives the answers it was told to give and remembers what was asked.
final class FakeServer implements AutoCloseable {
    record Asked(String method, String path, String query, String key, String body) {}

    /// How it behaves towards those who ask.
    enum Mood {
        ANSWERING,
        /// Breaks every connection, as a server that is not there; the port stays its own.
        AWAY,
        /// Takes every question and never answers it.
        SILENT,
        /// Stops in the middle of every answer.
        HALF
    }

    private record Answer(int status, String type, String body) {}

    private static final String QUIET = "text/event-stream;quiet";

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = Mood.ANSWERING;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private FakeServer(HttpServer server) {
        this.server = server;
    }

    static FakeServer start() {
        try {
            HttpServer http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
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

    /// From now on; questions that were taken before are left as they are.
    void become(Mood next) {
        mood = next;
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

    /// A stream that sends nothing but its first lines until the server is closed.
    FakeServer quietStream(String path) {
        answers.put("GET " + path, new Answer(200, QUIET, ": here\n\n"));
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
        Mood now = mood;
        switch (now) {
            case AWAY -> {
                exchange.close();
                return;
            }
            case SILENT -> {
                untilClosed();
                return;
            }
            case ANSWERING, HALF -> {}
        }
        byte[] body = answer.body().getBytes(UTF_8);
        boolean quiet = answer.type().equals(QUIET);
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        exchange.sendResponseHeaders(
                answer.status(), quiet ? 0 : body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body, 0, now == Mood.HALF ? body.length / 2 : body.length);
            if (quiet || now == Mood.HALF) {
                out.flush();
                untilClosed();
            }
        }
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        closed.countDown();
    }
}
