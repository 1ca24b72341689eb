package dev.millwright.itest.system;

import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// A server in a process of its own, with its data in a folder of the test; the embedded database
/// unless its environment says otherwise ([#on]).
public final class ServerProcess implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> ENDED =
            List.of("success", "failure", "error", "timeout", "cancelled");

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
    public static ServerProcess start(Path folder, Map<String, String> environment)
            throws IOException {
        int port = Ports.free();
        Path data = folder.resolve("data");
        Path log = folder.resolve("server.log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        ServerCommand.of(List.of("--data-dir=" + data, "--port=" + port)));
        // Tests run beside each other, and beside a server of somebody else
        builder.environment().put("MILLWRIGHT_LINK_PORT", Integer.toString(Ports.free()));
        // Their counterparts and repositories are on this machine
        builder.environment().put("MILLWRIGHT_NETWORK_ALLOW", "127.0.0.1 private");
        builder.environment().put("MILLWRIGHT_GIT_ALLOW_FILE", "true");
        builder.environment().put("MILLWRIGHT_GIT_ALLOW_HTTP", "true");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ServerProcess server = new ServerProcess(builder.start(), data, port, log);
        server.awaitReady();
        return server;
    }

    /// What makes a server use an empty database on this PostgreSQL.
    public static Map<String, String> on(PostgresServer postgres) {
        return Map.of(
                "MILLWRIGHT_DATABASE_URL",
                postgres.newDatabase(),
                "MILLWRIGHT_DATABASE_USER",
                postgres.user());
    }

    private void awaitReady() throws IOException {
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !process.isAlive() || isReady());
        } catch (ConditionTimeoutException late) {
            ThreadDump.append(process, log);
            kill();
            throw new AssertionError("the server is not ready yet:\n" + text(log), late);
        }
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

    public HttpResponse<String> send(
            String method, String path, String body, Map<String, String> headers)
            throws IOException {
        return send(method, path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public HttpResponse<String> send(
            String method, String path, byte[] body, Map<String, String> headers)
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
            String method, String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address(path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        if (Files.exists(data.resolve("admin.key"))) {
            request.header("Authorization", "Bearer " + text(data.resolve("admin.key")).strip());
        }
        return request;
    }

    /// Where it answers to that path.
    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public JsonNode get(String path) throws IOException {
        return JSON.readTree(send("GET", path, "", Map.of()).body());
    }

    public void apply(String yaml) throws IOException {
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
    public String deliver(String pipeline, String delivery) throws IOException {
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
    public int knock(String pipeline) throws IOException {
        return send("POST", "/webhook?pipeline=" + pipeline, "", Map.of()).statusCode();
    }

    /// What makes a machine the node of that name, as `node token` prints it.
    public String joinLine(String node) throws IOException {
        HttpResponse<String> answer =
                send(
                        "POST",
                        "/api/v1/nodes/tokens",
                        "{\"name\": \"%s\"}".formatted(node),
                        Map.of("Content-Type", "application/json"));
        return JSON.readTree(answer.body()).at("/command").asString(answer.body());
    }

    /// The node as people see it; missing when there is none.
    public JsonNode node(String name) throws IOException {
        return StreamSupport.stream(get("/api/v1/nodes").at("/items").spliterator(), false)
                .filter(node -> node.at("/name").asString("").equals(name))
                .findFirst()
                .orElseGet(() -> MissingNode.getInstance());
    }

    public void cancel(String run) throws IOException {
        send("POST", "/api/v1/runs/" + run + "/cancel", "", Map.of());
    }

    /// The lines of a step's log, as they come, until it is complete; to be closed.
    public Stream<String> follow(String run, String step) throws IOException {
        String path = "/api/v1/runs/%s/steps/%s/log?follow=true".formatted(run, step);
        try {
            return HTTP.send(
                            request("GET", path, new byte[0], Map.of()).timeout(LONG).build(),
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
    public String log(String run, String step) throws IOException {
        return log(run, step, "");
    }

    /// @param query further parameters of the request, each with `&` before it
    public String log(String run, String step, String query) throws IOException {
        String path = "/api/v1/runs/%s/steps/%s/log?format=text%s".formatted(run, step, query);
        return send("GET", path, "", Map.of()).body();
    }

    /// The status word of a run once it has ended.
    public String awaitEnd(String run) {
        return awaitEnd(run, Duration.ofSeconds(60));
    }

    /// The status word of a run once it has ended, which it does within that time.
    public String awaitEnd(String run, Duration patience) {
        return await().atMost(patience)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> status(run), ServerProcess::isEnd);
    }

    /// The status word of a run; empty when there is no such run.
    public String status(String run) throws IOException {
        return get("/api/v1/runs/" + run).at("/run/status").asString("");
    }

    /// Whether a run with that status word has ended.
    static boolean isEnd(String status) {
        return ENDED.contains(status);
    }

    long pid() {
        return process.pid();
    }

    /// How many threads of the system it has.
    public int threads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/%d/task".formatted(pid())))) {
            return (int) tasks.count();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void awaitDeath() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
    }

    /// As the end of a parent does it.
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    public int exitCode() {
        return process.exitValue();
    }

    /// End it as a service manager does. Gives its exit code.
    public int terminate() {
        process.destroy();
        awaitDeath();
        return exitCode();
    }

    public void kill() {
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
