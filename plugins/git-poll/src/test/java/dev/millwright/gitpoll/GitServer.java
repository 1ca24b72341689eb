package dev.millwright.gitpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.testkit.GitBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Git's own HTTP server for the repositories of a folder, and servers that do not behave beside
/// it.
///
/// `/open` takes everybody; `/closed` asks for the user `ada` with the password `secret`; `/silent`
/// never answers; `/liar` sends hashes that are none; `/trickle` never ends; `/flood` sends refs
/// for ever; `/garbage` is no Git; `/busy` wants to be left alone for two minutes; `/elsewhere`
/// sends on to another port.
final class GitServer implements AutoCloseable {
    private static final String ADA =
            "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(UTF_8));

    final AtomicInteger requests = new AtomicInteger();

    /// How much of the flood went out.
    final AtomicLong flooded = new AtomicLong();

    private final GitBackend repositories;
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// Answers one request.
    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private GitServer(Path folder, HttpServer server) {
        this.repositories = new GitBackend(folder);
        this.server = server;
    }

    static GitServer start(Path folder) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GitServer server = new GitServer(folder, http);
        http.setExecutor(server.threads);
        server.on("/open", exchange -> server.repositories.answer(exchange, "/open"));
        server.on("/closed", server::guarded);
        server.on("/silent", exchange -> server.closing.await());
        server.on("/trickle", server::trickle);
        server.on("/flood", server::flood);
        server.on("/garbage", exchange -> server.say(exchange, 200, "<html>welcome</html>"));
        server.on("/liar", server::lie);
        server.on(
                "/busy",
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", "120");
                    server.say(exchange, 503, "come back later");
                });
        server.on(
                "/elsewhere",
                exchange -> {
                    exchange.getResponseHeaders()
                            .set("Location", "http://127.0.0.1:9/x.git/info/refs");
                    server.say(exchange, 302, "");
                });
        http.start();
        return server;
    }

    private void on(String path, Answer answer) {
        server.createContext(
                path,
                exchange -> {
                    requests.incrementAndGet();
                    try (exchange) {
                        answer.to(exchange);
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void say(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private void guarded(HttpExchange exchange) throws IOException {
        if (ADA.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            repositories.answer(exchange, "/closed");
            return;
        }
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        say(exchange, 401, "");
    }

    private OutputStream advertisement(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", "application/x-git-upload-pack-advertisement");
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write("001e# service=git-upload-pack\n0000".getBytes(UTF_8));
        return body;
    }

    /// One character now and then, so that no silence is ever long.
    private void trickle(HttpExchange exchange) throws IOException, InterruptedException {
        OutputStream body = advertisement(exchange);
        body.write("ffff".getBytes(UTF_8));
        while (!closing.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            body.write('a');
            body.flush();
        }
    }

    private void flood(HttpExchange exchange) throws IOException {
        OutputStream body = advertisement(exchange);
        String capabilities = "\0multi_ack side-band-64k agent=git/2";
        for (long i = 0; closing.getCount() > 0; i++) {
            String line = "%040x refs/heads/branch-%d%s\n".formatted(i + 1, i, capabilities);
            capabilities = "";
            byte[] packet = "%04x%s".formatted(line.length() + 4, line).getBytes(UTF_8);
            body.write(packet);
            flooded.addAndGet(packet.length);
        }
    }

    /// Lines as Git would send them, with hashes that are none.
    private void lie(HttpExchange exchange) throws IOException {
        OutputStream body = advertisement(exchange);
        String line = "z".repeat(40) + " refs/heads/../../main\0agent=git/2\n";
        body.write("%04x%s0000".formatted(line.length() + 4, line).getBytes(UTF_8));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
