package dev.millwright.api;

import dev.millwright.model.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// HTTP exchanges, JSON both ways, and problems as exceptions. Any thread may use it.
final class Transport implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration STREAM = Duration.ofSeconds(15);

    /// How long a body may stand still; it may take any time as long as it goes on.
    private final Duration silence;

    private final URI server;
    private final String key;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .executor(threads)
                    .build();
    private final JsonMapper json = ApiJson.mapper();

    Transport(URI server, String key) {
        this(server, key, ANSWER);
    }

    /// @param silence how long the body of an answer may stand still
    Transport(URI server, String key, Duration silence) {
        String text = server.toString();
        this.server =
                text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : server;
        this.key = key;
        this.silence = silence;
    }

    URI server() {
        return server;
    }

    JsonMapper json() {
        return json;
    }

    ExecutorService threads() {
        return threads;
    }

    <T> T get(String path, Map<String, ?> query, Class<T> type) {
        return read(send(request(path, query).GET()), in -> json.readValue(in, type));
    }

    <T> T get(String path, Map<String, ?> query, TypeReference<T> type) {
        return read(send(request(path, query).GET()), in -> json.readValue(in, type));
    }

    <T> T getEvenUnavailable(String path, Class<T> type) {
        HttpResponse<InputStream> response = exchange(request(path, Map.of()).GET());
        if (response.statusCode() != 503 || isProblem(response)) {
            refuseProblems(response);
        }
        return read(response, in -> json.readValue(in, type));
    }

    String text(String path, Map<String, ?> query) {
        HttpResponse<InputStream> response = send(request(path, query).GET());
        return content(response, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    void copy(String path, Map<String, ?> query, OutputStream to) {
        content(send(request(path, query).GET()), in -> in.transferTo(to));
    }

    <T> T post(String path, Object body, Class<T> type) {
        return read(
                send(
                        request(path, Map.of())
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(json(body))),
                in -> json.readValue(in, type));
    }

    <T> T postText(String path, Map<String, ?> query, String body, Class<T> type) {
        return read(
                send(
                        request(path, query)
                                .header("Content-Type", "application/yaml")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .POST(BodyPublishers.ofString(body))),
                in -> json.readValue(in, type));
    }

    /// Post the bytes as they are.
    <T> T send(String path, Map<String, String> headers, byte[] body, Class<T> type) {
        HttpRequest.Builder request =
                request(path, Map.of()).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return read(send(request), in -> json.readValue(in, type));
    }

    <T> T put(String path, long ifRevision, Object body, Class<T> type) {
        HttpRequest.Builder request =
                request(path, Map.of()).header("Content-Type", "application/json").PUT(json(body));
        request =
                ifRevision == 0
                        ? request.header("If-None-Match", "*")
                        : request.header("If-Match", "\"" + ifRevision + "\"");
        return read(send(request), in -> json.readValue(in, type));
    }

    void delete(String path, String ifMatch) {
        HttpResponse<InputStream> response =
                send(request(path, Map.of()).header("If-Match", ifMatch).DELETE());
        content(response, InputStream::readAllBytes);
    }

    /// Open a live stream; the answer is checked, its body is not read.
    HttpResponse<InputStream> open(String path, Map<String, ?> query, long lastId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path, query))
                        .timeout(STREAM)
                        .header("Accept", "text/event-stream")
                        .GET();
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (lastId >= 0) {
            request.header("Last-Event-ID", Long.toString(lastId));
        }
        HttpResponse<InputStream> response =
                http.send(request.build(), BodyHandlers.ofInputStream());
        refuseProblems(response);
        return response;
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private BodyPublisher json(Object body) {
        return BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
    }

    private HttpRequest.Builder request(String path, Map<String, ?> query) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path, query))
                        .timeout(ANSWER)
                        .header("Accept", "application/json, */*;q=0.1");
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private URI address(String path, Map<String, ?> query) {
        String parameters =
                query.entrySet().stream()
                        .map(p -> encode(p.getKey()) + "=" + encode(p.getValue().toString()))
                        .collect(Collectors.joining("&"));
        return URI.create(server + path + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        HttpResponse<InputStream> response = exchange(request);
        refuseProblems(response);
        return response;
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted while waiting for " + server, e);
        }
    }

    private ApiException unreachable(IOException e) {
        return new ApiException("no answer from %s: %s".formatted(server, Unreachable.why(e)), e);
    }

    private void refuseProblems(HttpResponse<InputStream> response) {
        if (response.statusCode() < 400) {
            return;
        }
        byte[] body = content(response, in -> in.readNBytes(1 << 20));
        Problem problem = isProblem(response) ? problem(body) : null;
        throw new ApiException(
                response.statusCode(),
                problem,
                problem == null
                        ? "%s answered %d".formatted(server, response.statusCode())
                        : describe(problem));
    }

    private static boolean isProblem(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Content-Type")
                .orElse("")
                .startsWith("application/problem+json");
    }

    private @Nullable Problem problem(byte[] body) {
        try {
            return json.readValue(body, Problem.class);
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    private static String describe(Problem problem) {
        StringBuilder text =
                new StringBuilder(problem.detail().isEmpty() ? problem.title() : problem.detail());
        for (Problem.Violation violation : problem.errors()) {
            text.append("\n  ")
                    .append(violation.pointer())
                    .append(": ")
                    .append(violation.message());
        }
        return text.toString();
    }

    private <T> T read(HttpResponse<InputStream> response, Reading<T> reading) {
        try {
            return content(response, reading);
        } catch (JacksonIOException broken) {
            throw unreachable(new IOException(broken.getOriginalMessage(), broken.getCause()));
        } catch (JacksonException e) {
            throw new ApiException(
                    "%s gave an answer that this client does not understand: %s"
                            .formatted(server, e.getOriginalMessage()),
                    e);
        }
    }

    private <T> T content(HttpResponse<InputStream> response, Reading<T> reading) {
        try (InputStream in = new FlowingBody(response.body(), silence, threads)) {
            return reading.of(in);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private interface Reading<T> {
        T of(InputStream in) throws IOException;
    }

    /// Make the values that a stream carries.
    <T> Function<String, T> reader(Class<T> type) {
        return text -> json.readValue(text, type);
    }
}
