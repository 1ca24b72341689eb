package dev.millwright.itest;

import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server in a process of its own, with its data in a folder of the test; the embedded database
/// unless its environment says otherwise ([#on]).
final class ServerProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Path data;
    private final int port;
    private final Path log;

    private ServerProcess(Process process, Path data, int port, Path log) {
        this.process = process;
        this.data = data;
        this.port = port;
        this.log = log;
    }

    /// Start a server and wait until it is ready.
    static ServerProcess start(Path folder, Map<String, String> environment) throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        }
        Path data = folder.resolve("data");
        Path log = folder.resolve("server.log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        ServerCommand.of(List.of("--data-dir=" + data, "--port=" + port)));
        // Tests run beside each other, and beside a server of somebody else
        builder.environment().put("MILLWRIGHT_LINK_PORT", "0");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ServerProcess server = new ServerProcess(builder.start(), data, port, log);
        server.awaitReady();
        return server;
    }

    /// What makes a server use an empty database on this PostgreSQL.
    static Map<String, String> on(PostgresServer postgres) {
        return Map.of(
                "MILLWRIGHT_DATABASE_URL",
                postgres.newDatabase(),
                "MILLWRIGHT_DATABASE_USER",
                postgres.user());
    }

    private void awaitReady() {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new AssertionError("the server did not start:\n" + text(log));
        }
    }

    private boolean isReady() {
        try {
            return send("GET", "/readyz", "", Map.of()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
            throws IOException {
        HttpRequest request =
                request(method, path, body, headers).timeout(Duration.ofSeconds(10)).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    private HttpRequest.Builder request(
            String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (Files.exists(data.resolve("admin.key"))) {
            request.header("Authorization", "Bearer " + text(data.resolve("admin.key")).strip());
        }
        return request;
    }

    JsonNode get(String path) throws IOException {
        return JSON.readTree(send("GET", path, "", Map.of()).body());
    }

    void apply(String yaml) throws IOException {
        HttpResponse<String> answer =
                send(
                        "POST",
                        "/api/v1/resources/apply",
                        yaml,
                        Map.of("Content-Type", "application/yaml"));
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /// Hand in a delivery, and give its run.
    ///
    /// @throws IOException when it was not accepted for sure
    String deliver(String pipeline, String delivery) throws IOException {
        HttpResponse<String> answer =
                send(
                        "POST",
                        "/webhook?pipeline=" + pipeline,
                        "",
                        Map.of("X-Delivery-Id", delivery));
        if (answer.statusCode() != 200 && answer.statusCode() != 202) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).at("/runs/0").asString("");
    }

    /// The HTTP status of an answer to a delivery.
    int knock(String pipeline) throws IOException {
        return send("POST", "/webhook?pipeline=" + pipeline, "", Map.of()).statusCode();
    }

    void cancel(String run) throws IOException {
        send("POST", "/api/v1/runs/" + run + "/cancel", "", Map.of());
    }

    /// The lines of a step's log, as they come, until it is complete; to be closed.
    Stream<String> follow(String run, String step) throws IOException {
        String path = "/api/v1/runs/%s/steps/%s/log?follow=true".formatted(run, step);
        try {
            return HTTP.send(
                            request("GET", path, "", Map.of()).timeout(LONG).build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> JSON.readTree(line.substring(5)))
                    .filter(event -> event.has("text"))
                    .map(event -> event.at("/text").asString(""));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /// All output of a step, as text.
    String log(String run, String step) throws IOException {
        return log(run, step, "");
    }

    /// @param query further parameters of the request, each with `&` before it
    String log(String run, String step, String query) throws IOException {
        String path = "/api/v1/runs/%s/steps/%s/log?format=text%s".formatted(run, step, query);
        return send("GET", path, "", Map.of()).body();
    }

    /// The status word of a run once it has ended.
    String awaitEnd(String run) {
        return awaitEnd(run, Duration.ofSeconds(60));
    }

    /// The status word of a run once it has ended, which it does within that time.
    String awaitEnd(String run, Duration patience) {
        return await().atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/v1/runs/" + run).at("/run/status").asString(""),
                        status ->
                                List.of("success", "failure", "error", "timeout", "cancelled")
                                        .contains(status));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void awaitDeath() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    /// As the end of a parent does it.
    void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    int exitCode() {
        return process.exitValue();
    }

    void kill() {
        process.destroyForcibly();
        awaitDeath();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return "";
        }
    }

    @Override
    public void close() {
        kill();
    }
}
