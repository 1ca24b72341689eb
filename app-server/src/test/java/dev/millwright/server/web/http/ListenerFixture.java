package dev.millwright.server.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.access.Identity;
import dev.millwright.server.access.Role;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.Guards;
import dev.millwright.server.web.route.Repeats;
import dev.millwright.server.web.route.Router;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A listener with the routes of [TestRoutes], which the tests of a class share, and who calls it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ListenerFixture {
    static final String VIEWER = "mw_viewer00_" + "v".repeat(43);
    static final String ADMIN = "mw_admin000_" + "a".repeat(43);
    private static final JsonMapper JSON = JsonMapper.shared();

    HttpListener listener;
    HttpClient client;

    @BeforeAll
    void open() {
        Router router =
                new Router(
                        TestRoutes.table(),
                        Guards.of(
                                "127.0.0.1",
                                true,
                                Optional.of(URI.create("https://ci.example.org"))),
                        ListenerFixture::identity,
                        Repeats.NONE,
                        _ -> Optional.empty(),
                        new Bodies());
        HttpLimits limits =
                new HttpLimits(
                        1 << 20, 16 << 10, Duration.ofSeconds(1), Duration.ofSeconds(20), 50);
        listener = HttpListener.open("127.0.0.1", 0, limits, router);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static Optional<Identity> identity(String shown) {
        return switch (shown) {
            case String key when key.equals(VIEWER) ->
                    Optional.of(new Identity("viewer00", "eve", Role.VIEWER));
            case String key when key.equals(ADMIN) ->
                    Optional.of(new Identity("admin000", "ada", Role.ADMIN));
            default -> Optional.empty();
        };
    }

    @AfterAll
    void close() {
        client.close();
        listener.close();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    HttpRequest.Builder post(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /// The problem that an answer with this status tells.
    static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotEmpty();
        return problem;
    }

    /// A connection for what no HTTP client would send.
    Socket connect() throws Exception {
        Socket socket = new Socket("127.0.0.1", listener.port());
        socket.setSoTimeout(8_000);
        return socket;
    }

    static void write(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    /// Everything that comes for a request, until the server closes the connection.
    String raw(String request) throws Exception {
        try (Socket socket = connect()) {
            write(socket, request);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
