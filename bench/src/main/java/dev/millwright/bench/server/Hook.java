package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/// Sends webhooks over connections that stay open. Any thread.
public final class Hook implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BODY = "{\"note\": \"a small body, as scripts send it\"}";

    private final URI server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .executor(threads)
                    .build();

    public Hook(URI server) {
        this.server = server;
    }

    /// An accepted webhook.
    ///
    /// @param at when the client began to send
    /// @param answerNanos until the client had the whole answer
    /// @param run id of the run that it leads to
    public record Sent(Instant at, long answerNanos, String run) {}

    public Sent send(String pipeline) throws InterruptedException {
        return offer(pipeline)
                .orElseThrow(() -> new BenchException("a webhook was answered 503: try again"));
    }

    /// Empty when the server asks to try again later.
    public Optional<Sent> offer(String pipeline) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/webhook?pipeline=" + pipeline))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
        Instant at = Instant.now();
        long start = System.nanoTime();
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new BenchException("a webhook was not answered: " + failed, failed);
        }
        long took = System.nanoTime() - start;
        if (answer.statusCode() == 503) {
            return Optional.empty();
        }
        if (answer.statusCode() != 202) {
            throw new BenchException(
                    "a webhook was answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        String run = JSON.readTree(answer.body()).at("/runs/0").asString("");
        return Optional.of(new Sent(at, took, run));
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
