package dev.millwright.server.notify.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A receiver of posts that answers as it is told.
final class PostedTo implements AutoCloseable {
    private final HttpServer http;
    private final List<Posted> posts = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile int status = 200;
    private volatile Map<String, String> answer = Map.of();
    private volatile boolean trickles;

    record Posted(Headers headers, String body) {
        String header(String name) {
            return headers.getFirst(name);
        }
    }

    PostedTo() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(task -> Thread.ofVirtual().start(task));
        http.createContext("/", this::take);
        http.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.getAddress().getPort() + path;
    }

    void answer(int code, Map<String, String> headers) {
        status = code;
        answer = headers;
    }

    /// Begin an answer and never end it.
    void trickle() {
        trickles = true;
    }

    List<Posted> posts() {
        return List.copyOf(posts);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        posts.add(new Posted(exchange.getRequestHeaders(), body));
        answer.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        exchange.sendResponseHeaders(status, trickles ? 1_000_000 : -1);
        if (trickles) {
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            try {
                closing.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.close();
    }

    @Override
    public void close() {
        closing.countDown();
        http.stop(0);
    }
}
