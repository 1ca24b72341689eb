package dev.millwright.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Git's own HTTP server for all repositories of a folder: `git http-backend`, called as CGI for
/// each request. Immutable; usable from any thread.
///
/// ```java
/// http.createContext("/open", exchange -> new GitBackend(folder).answer(exchange, "/open"));
/// ```
public record GitBackend(Path folder) {
    private static final Map<String, String> HEADERS =
            Map.of(
                    "CONTENT_TYPE", "Content-Type",
                    "HTTP_CONTENT_ENCODING", "Content-Encoding",
                    "GIT_PROTOCOL", "Git-Protocol");

    /// Answer one request and close it.
    ///
    /// @param context what stands before the repository in the path; may be empty
    public void answer(HttpExchange exchange, String context) throws IOException {
        ProcessBuilder backend =
                new ProcessBuilder("git", "http-backend")
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = backend.environment();
        HEADERS.forEach((name, header) ->
                environment.put(
                        name,
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                                .orElse("")));
        environment.put("GIT_PROJECT_ROOT", folder.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put(
                "PATH_INFO", exchange.getRequestURI().getPath().substring(context.length()));
        environment.put(
                "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        Process process = backend.start();
        try (exchange;
                InputStream out = process.getInputStream()) {
            try (var in = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(in);
            }
            exchange.sendResponseHeaders(status(exchange, out), 0);
            out.transferTo(exchange.getResponseBody());
        }
    }

    private static int status(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        return status;
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(ISO_8859_1).strip();
    }
}
