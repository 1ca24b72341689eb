package dev.millwright.node.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Git's own HTTP server for all repositories of a folder: `git http-backend`, called as CGI; and
/// large files beside it.
///
/// Below `/closed` it asks for the user `ada` with the password `secret`; `/silent` never answers,
/// and `/stuck` stops in the middle of what is large.
public final class GitHttpServer implements AutoCloseable {
    private static final String ADA =
            "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(UTF_8));

    private static final int STUCK_AFTER = 4 << 20;

    private final Path folder;
    private final HttpServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private GitHttpServer(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    public static GitHttpServer start(Path folder) throws IOException {
        HttpServer http =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GitHttpServer server = new GitHttpServer(folder, http);
        http.setExecutor(server.threads);
        http.createContext("/open", exchange -> server.answer(exchange, "/open"));
        http.createContext("/closed", exchange -> server.guard(exchange));
        http.createContext("/silent", exchange -> server.await(exchange));
        http.createContext("/stuck", exchange -> server.answer(exchange, "/stuck"));
        http.start();
        return server;
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void guard(HttpExchange exchange) throws IOException {
        if (ADA.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, "/closed");
            return;
        }
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        exchange.close();
    }

    private void await(HttpExchange exchange) {
        await();
        exchange.close();
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, String context) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(context.length());
        if (LargeFileServer.answer(exchange, folder, path, url(context))) {
            return;
        }
        String query = exchange.getRequestURI().getRawQuery();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        String protocol = exchange.getRequestHeaders().getFirst("Git-Protocol");
        ProcessBuilder backend = new ProcessBuilder("git", "http-backend");
        backend.environment()
                .putAll(
                        Map.of(
                                "GIT_PROJECT_ROOT",
                                folder.toString(),
                                "GIT_HTTP_EXPORT_ALL",
                                "1",
                                "REQUEST_METHOD",
                                exchange.getRequestMethod(),
                                "PATH_INFO",
                                path,
                                "QUERY_STRING",
                                query == null ? "" : query,
                                "CONTENT_TYPE",
                                type == null ? "" : type,
                                "HTTP_CONTENT_ENCODING",
                                encoding == null ? "" : encoding,
                                "GIT_PROTOCOL",
                                protocol == null ? "" : protocol));
        Process process = backend.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        try (InputStream out = process.getInputStream()) {
            int status = 200;
            for (String line = line(out); !line.isEmpty(); line = line(out)) {
                String[] header = line.split(": ", 2);
                if (header[0].equals("Status")) {
                    status = Integer.parseInt(header[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().set(header[0], header[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            if (context.equals("/stuck")) {
                exchange.getResponseBody().write(out.readNBytes(STUCK_AFTER));
                exchange.getResponseBody().flush();
                if (out.read() >= 0) {
                    await();
                }
            } else {
                out.transferTo(exchange.getResponseBody());
            }
        }
        exchange.close();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append(new String(new byte[] {(byte) c}, ISO_8859_1));
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
