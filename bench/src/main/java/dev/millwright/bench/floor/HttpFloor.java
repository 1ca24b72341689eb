package dev.millwright.bench.floor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The least that a durable trigger has to do: take a request, write it to disk, answer, and start
/// the command.
final class HttpFloor implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FileChannel file;
    private final Path marks;

    private HttpFloor(HttpServer http, FileChannel file, Path marks) {
        this.http = http;
        this.file = file;
        this.marks = marks;
    }

    /// @param marks folder where commands leave the time at which they run
    static HttpFloor start(Path folder, Path marks) throws IOException {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        FileChannel file =
                FileChannel.open(
                        folder.resolve("requests"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
        HttpFloor floor = new HttpFloor(HttpServer.create(free, 0), file, marks);
        floor.http.setExecutor(floor.threads);
        floor.http.createContext("/webhook", floor::take);
        floor.http.start();
        return floor;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            file.write(ByteBuffer.wrap(body));
            file.force(false);
            String run = UUID.randomUUID().toString();
            byte[] answer = "{\"runs\": [\"%s\"]}".formatted(run).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().flush();
            Spawns.start("date +%%s%%N > '%s'".formatted(marks.resolve(run)));
        }
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        threads.shutdownNow();
        file.close();
    }
}
