package dev.millwright.otel;

import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A receiver of OTLP that is not ours: autotel-devtools, fetched from npm where it has not been
/// yet. Usable from any thread.
final class ForeignReceiver implements AutoCloseable {
    private final Process process;
    private final int http;
    private final int grpc;
    private final JsonMapper json = new JsonMapper();

    /// It does not answer who offers to go on with HTTP/2.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ForeignReceiver(Process process, int http, int grpc) {
        this.process = process;
        this.http = http;
        this.grpc = grpc;
    }

    /// Throws [IllegalStateException] that says what is missing.
    static ForeignReceiver start() throws IOException, InterruptedException {
        Path folder = NodePackages.fetch(Path.of(""));
        int http = Ports.free();
        int grpc = Ports.free();
        Process process =
                new ProcessBuilder(
                                NodePackages.NODE,
                                "node_modules/autotel-devtools/dist/cli.js",
                                "-p",
                                Integer.toString(http),
                                "--grpc-port",
                                Integer.toString(grpc),
                                "-H",
                                "127.0.0.1")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("receiver.out").toFile())
                        .start();
        ForeignReceiver receiver = new ForeignReceiver(process, http, grpc);
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> !process.isAlive() || receiver.traces().isArray());
        } catch (ConditionTimeoutException silent) {
            receiver.close();
            throw silent;
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(folder.resolve("receiver.out")));
        }
        return receiver;
    }

    String http() {
        return "http://127.0.0.1:" + http;
    }

    String grpc() {
        return "http://127.0.0.1:" + grpc;
    }

    /// The traces that it has, with their spans.
    JsonNode traces() {
        return ask("GET", "/v1/traces", "").at("/traces");
    }

    /// The log records that it has, the newest first.
    JsonNode logs() {
        return ask("POST", "/api/query/logs", "{\"query\": \"\", \"limit\": 200}").at("/logs");
    }

    /// The metrics that it has.
    JsonNode metrics() {
        return ask("GET", "/api/metrics", "").at("/metrics");
    }

    /// Forget everything.
    void clear() {
        var _ = ask("DELETE", "/v1/traces", "");
    }

    private JsonNode ask(String method, String path, String body) {
        try {
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(URI.create(http() + path))
                                    .header("Content-Type", "application/json")
                                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            return json.readTree(answer.body());
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }
}
