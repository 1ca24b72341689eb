package dev.millwright.docker.engine;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An engine with one container, which has ended, and which tells who follows its output less than
/// it has kept.
///
/// Frames are those of Docker's API, "attach to a container", stream format.
final class LogEngine implements AutoCloseable {
    /// A piece of output, of stream 1 or 2.
    record Piece(int stream, String text) {}

    private final HttpServer server;
    private final ExecutorService answering = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Piece> kept;
    private final int followed;
    private final Duration pause;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /// @param followed pieces that are told to who follows
    /// @param pause before each of them
    LogEngine(List<Piece> kept, int followed, Duration pause) throws IOException {
        this.kept = List.copyOf(kept);
        this.followed = followed;
        this.pause = pause;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(answering);
        server.createContext("/", this::answer);
        server.start();
    }

    Engine engine() {
        return new Engine(
                new EngineAddress(
                        Optional.of("tcp://127.0.0.1:" + server.getAddress().getPort()), Map.of()),
                Optional.empty());
    }

    /// How its output was asked for: `follow`, `tail` or `all`.
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/wait")) {
                send(exchange, "{\"StatusCode\":0}".getBytes(StandardCharsets.UTF_8));
            } else if (path.endsWith("/logs")) {
                tell(exchange, exchange.getRequestURI().getQuery());
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private void tell(HttpExchange exchange, String query) throws IOException {
        if (isOn(query, "follow")) {
            asked.add("follow");
            follow(exchange, kept.subList(0, followed));
            return;
        }
        Optional<Integer> tail = number(query, "tail");
        asked.add(tail.isPresent() ? "tail" : "all");
        int first = Math.max(0, kept.size() - tail.orElse(kept.size()));
        send(exchange, frames(kept.subList(first, kept.size())));
    }

    private void follow(HttpExchange exchange, List<Piece> pieces) throws IOException {
        if (pause.isZero()) {
            send(exchange, frames(pieces));
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        for (Piece piece : pieces) {
            await().pollDelay(pause).until(() -> true);
            exchange.getResponseBody().write(frames(List.of(piece)));
            exchange.getResponseBody().flush();
        }
    }

    private static boolean isOn(String query, String name) {
        return List.of(query.split("&")).stream()
                .anyMatch(one -> one.equals(name + "=1") || one.equals(name + "=true"));
    }

    private static Optional<Integer> number(String query, String name) {
        return List.of(query.split("&")).stream()
                .filter(one -> one.startsWith(name + "=") && !one.endsWith("=all"))
                .map(one -> Integer.valueOf(one.substring(name.length() + 1)))
                .findFirst();
    }

    private static byte[] frames(List<Piece> pieces) {
        var bytes = new ByteArrayOutputStream();
        for (Piece piece : pieces) {
            byte[] payload = piece.text().getBytes(StandardCharsets.UTF_8);
            try {
                bytes.write(
                        ByteBuffer.allocate(8)
                                .put(0, (byte) piece.stream())
                                .putInt(4, payload.length)
                                .array());
                bytes.write(payload);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return bytes.toByteArray();
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        answering.shutdownNow();
    }
}
