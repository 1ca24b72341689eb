package dev.millwright.server.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.run.ApprovalRequest;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.server.HealthView;
import dev.millwright.server.access.Access;
import dev.millwright.server.access.Identity;
import dev.millwright.server.access.Role;
import dev.millwright.server.web.route.Answer;
import dev.millwright.server.web.route.Bodies;
import dev.millwright.server.web.route.Guards;
import dev.millwright.server.web.route.Parameter;
import dev.millwright.server.web.route.Repeats;
import dev.millwright.server.web.route.Reply;
import dev.millwright.server.web.route.RequestBody;
import dev.millwright.server.web.route.Route;
import dev.millwright.server.web.route.RouteTable;
import dev.millwright.server.web.route.Router;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpListenerTest {
    private static final String VIEWER = "mw_viewer00_" + "v".repeat(43);
    private static final String ADMIN = "mw_admin000_" + "a".repeat(43);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static HttpListener listener;
    private static HttpClient client;

    @BeforeAll
    static void open() {
        RouteTable table =
                RouteTable.of(
                        List.of(
                                Route.get("/open", Access.OPEN, "t", "Open")
                                        .gives(Reply.json(200, HealthView.class, "Well"))
                                        .by(_ -> Answer.ok(HealthView.OK).with("ETag", "\"7\"")),
                                Route.get("/items/{id}", Access.VIEW, "t", "Item")
                                        .with(Parameter.number("limit", "How many", 5, 1, 500))
                                        .with(
                                                Parameter.choice(
                                                        "stream", "Which", List.of("out", "err")))
                                        .gives(Reply.json(200, Map.class, "Item"))
                                        .by(call ->
                                                Answer.ok(
                                                        Map.of(
                                                                "id", call.path("id"),
                                                                "limit", call.number("limit")))),
                                Route.post("/items/{path...}/approve", Access.OPERATE, "t", "Yes")
                                        .takes(RequestBody.json(ApprovalRequest.class, "{}"))
                                        .gives(Reply.json(200, Map.class, "Yes"))
                                        .by(call ->
                                                Answer.ok(
                                                        Map.of(
                                                                "path", call.path("path"),
                                                                "yes",
                                                                        call.body(
                                                                                        ApprovalRequest
                                                                                                .class)
                                                                                .approved()))),
                                Route.post("/start", Access.ADMIN, "t", "Start")
                                        .takes(RequestBody.json(StartRunRequest.class, "{}"))
                                        .gives(Reply.json(200, Map.class, "Inputs"))
                                        .by(call ->
                                                Answer.ok(
                                                        call.body(StartRunRequest.class).inputs())),
                                Route.post("/hook", Access.HOOK, "t", "Hook")
                                        .withAnyParameters()
                                        .takes(RequestBody.anything())
                                        .gives(Reply.json(200, Map.class, "Size"))
                                        .by(call -> Answer.ok(Map.of("size", call.body().length))),
                                Route.get("/broken", Access.OPEN, "t", "Broken")
                                        .gives(Reply.json(200, Map.class, "Never"))
                                        .by(_ -> {
                                            throw new IllegalStateException("secret insides");
                                        }),
                                Route.get("/ticks", Access.OPEN, "t", "Ticks")
                                        .gives(Reply.text(200, Reply.EVENTS, "For ever"))
                                        .by(_ ->
                                                Answer.streamed(
                                                        Reply.EVENTS,
                                                        out -> {
                                                            for (int i = 0; ; i++) {
                                                                out.write(
                                                                        ("data: " + i + "\n\n")
                                                                                .getBytes(
                                                                                        StandardCharsets
                                                                                                .UTF_8));
                                                                out.flush();
                                                                Thread.sleep(5);
                                                            }
                                                        }))));
        Router router =
                new Router(
                        table,
                        Guards.of(
                                "127.0.0.1",
                                true,
                                Optional.of(URI.create("https://ci.example.org"))),
                        shown ->
                                switch (shown) {
                                    case String key when key.equals(VIEWER) ->
                                            Optional.of(
                                                    new Identity("viewer00", "eve", Role.VIEWER));
                                    case String key when key.equals(ADMIN) ->
                                            Optional.of(
                                                    new Identity("admin000", "ada", Role.ADMIN));
                                    default -> Optional.empty();
                                },
                        Repeats.NONE,
                        _ -> Optional.empty(),
                        new Bodies());
        HttpLimits limits = new HttpLimits(1 << 20, 16 << 10, Duration.ofSeconds(1), 50);
        listener = HttpListener.open("127.0.0.1", 0, limits, router);
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void close() {
        client.close();
        listener.close();
    }

    @Test
    void openRoutesAnswerWithoutAKeyAndWithSafeHeaders() throws Exception {
        HttpResponse<String> response = send(get("/open"));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(response.headers().map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        HttpResponse<String> response =
                send(request("/open").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void http2InTheClearWorks() throws Exception {
        try (HttpClient two = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpResponse<String> first = two.send(get("/open").build(), BodyHandlers.ofString());
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void aKnownTagIsAnsweredWith304() throws Exception {
        HttpResponse<String> response = send(get("/open").header("If-None-Match", "W/\"7\""));
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void unknownAddressesAreProblems() throws Exception {
        JsonNode problem = problem(send(get("/nowhere")), 404);
        assertThat(problem.get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(problem.get("instance").asString()).isEqualTo("/nowhere");
        assertThat(problem.get("traceId").asString()).hasSize(32);
    }

    @Test
    void theCallersTraceIsNamed() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        HttpRequest.Builder request =
                get("/nowhere").header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
        assertThat(problem(send(request), 404).get("traceId").asString()).isEqualTo(trace);
    }

    @Test
    void otherMethodsAreRefusedWithTheAllowedOnes() throws Exception {
        HttpResponse<String> response = send(request("/open").DELETE());
        problem(response, 405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void routesAskForTheirAccess() throws Exception {
        HttpResponse<String> none = send(get("/items/1"));
        problem(none, 401);
        assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        problem(send(get("/items/1").header("Authorization", "Bearer " + VIEWER + "x")), 401);
        assertThat(send(get("/items/1").header("Authorization", "Bearer " + VIEWER)).statusCode())
                .isEqualTo(200);
        assertThat(send(get("/items/1").header("X-API-Key", VIEWER)).statusCode()).isEqualTo(200);
        problem(send(post("/start", "{}").header("X-API-Key", VIEWER)), 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=501",
                "limit=x",
                "stream=both",
                "foo=1",
                "limit=1&limit=2"
            })
    void wrongParametersAreNamed(String query) throws Exception {
        HttpResponse<String> response = send(get("/items/1?" + query).header("X-API-Key", VIEWER));
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("errors").get(0).get("pointer").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void longPathsBindToOneVariable() throws Exception {
        HttpResponse<String> response =
                send(
                        post("/items/0/2/1/approve", "{\"approved\":true}")
                                .header("X-API-Key", ADMIN));
        assertThat(response.body()).contains("\"0/2/1\"");
    }

    @Test
    void malformedJsonIsLocated() throws Exception {
        HttpResponse<String> response =
                send(post("/start", "{\"inputs\":\n  {\"a\": }}").header("X-API-Key", ADMIN));
        JsonNode error = problem(response, 400).get("errors").get(0);
        assertThat(error.get("line").asInt()).isEqualTo(2);
        assertThat(error.get("column").asInt()).isPositive();
    }

    @Test
    void unknownPropertiesAreLocated() throws Exception {
        HttpResponse<String> response =
                send(post("/start", "{\"input\": {}}").header("X-API-Key", ADMIN));
        JsonNode problem = problem(response, 400);
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/input");
        assertThat(problem.get("detail").asString()).contains("inputs");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 100_000})
    void deepJsonIsRefused(int depth) throws Exception {
        String bomb = "{\"inputs\":{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}}";
        problem(send(post("/start", bomb).header("X-API-Key", ADMIN)), 400);
    }

    @Test
    void doubleKeysAndHugeNumbersAreRefused() throws Exception {
        problem(
                send(post("/start", "{\"inputs\":{},\"inputs\":{}}").header("X-API-Key", ADMIN)),
                400);
        String huge = "{\"inputs\":{\"n\":" + "9".repeat(500_000) + "}}";
        problem(send(post("/start", huge).header("X-API-Key", ADMIN)), 400);
    }

    @Test
    void bodiesAboveOneMebibyteAreRefusedHoweverTheyCome() throws Exception {
        byte[] big = new byte[(1 << 20) + 1];
        HttpRequest.Builder whole = request("/hook").POST(BodyPublishers.ofByteArray(big));
        problem(send(whole), 413);
        try (Socket socket = new Socket("127.0.0.1", listener.port())) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /hook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[64 << 10];
            for (int i = 0; i < 17; i++) {
                out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
            assertThat(head(socket.getInputStream()))
                    .startsWith("HTTP/1.1 413")
                    .contains("Connection: close");
        }
        assertThat(
                        send(request("/hook").POST(BodyPublishers.ofByteArray(new byte[1 << 20])))
                                .body())
                .isEqualTo("{\"size\":1048576}");
    }

    @Test
    void otherFormatsAreRefused() throws Exception {
        problem(send(get("/open").header("Accept", "image/png")), 406);
        HttpRequest.Builder text =
                request("/start")
                        .header("X-API-Key", ADMIN)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"));
        problem(send(text), 415);
        problem(
                send(
                        post("/start", "{}")
                                .header("X-API-Key", ADMIN)
                                .header("Content-Encoding", "gzip")),
                415);
    }

    @Test
    void whatBreaksInsideShowsNothingOfTheInside() throws Exception {
        HttpResponse<String> response = send(get("/broken"));
        assertThat(problem(response, 500).get("detail").asString()).contains("trace");
        assertThat(response.body()).doesNotContain("secret", "Exception", "at dev.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil", "10.0.0.1", "127.0.0.1.nip.io", ""})
    void foreignHostNamesAreRefused(String host) throws Exception {
        assertThat(raw("GET /open HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 421", "HTTP/1.1 400");
    }

    @Test
    void foreignHostsInTheRequestLineAreRefused() throws Exception {
        assertThat(
                        raw(
                                "GET http://evil.example/open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 421", "HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:1", "[::1]:8080", "ci.example.org", "LOCALHOST"})
    void ownHostNamesAreAnswered(String host) throws Exception {
        assertThat(raw("GET /open HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void pagesOfOtherSitesCannotChangeAnything() throws Exception {
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            problem(send(post("/hook", "x").header("Origin", origin)), 403);
            problem(send(post("/start", "{}").header("Origin", origin)), 403);
        }
        problem(send(post("/hook", "x").header("Sec-Fetch-Site", "cross-site")), 403);
        String own = "http://127.0.0.1:" + listener.port();
        assertThat(send(post("/hook", "x").header("Origin", own)).statusCode()).isEqualTo(200);
        assertThat(send(post("/hook", "x").header("Origin", "https://ci.example.org")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void keysInAddressesAndBasicAuthenticationAreRefused() throws Exception {
        problem(send(get("/items/1?key=" + VIEWER)), 400);
        problem(send(get("/items/1?access_token=abc")), 400);
        problem(send(post("/hook?x=" + VIEWER, "")), 400);
        problem(send(get("/items/" + VIEWER)), 400);
        problem(send(get("/items/1").header("Authorization", "Basic bXc6eA==")), 400);
        assertThat(send(post("/hook?token=abc", "")).statusCode()).isEqualTo(200);
    }

    @Test
    void hugeHeadersAreRefusedAsAProblem() throws Exception {
        String answer =
                raw(
                        "GET /open HTTP/1.1\r\nHost: localhost\r\nX: "
                                + "x".repeat(20_000)
                                + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431").contains("application/problem+json");
    }

    @Test
    void whatIsNotHttpIsRefusedWithoutInsides() throws Exception {
        assertThat(raw("hello\r\n\r\n")).startsWith("HTTP/1.1 400").doesNotContain("Exception");
        assertThat(raw("GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(
                        raw(
                                "GET /items/../open HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .containsAnyOf("HTTP/1.1 404", "HTTP/1.1 400");
    }

    @Test
    void silentConnectionsAreClosed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", listener.port())) {
            socket.setSoTimeout(8_000);
            socket.getOutputStream().write("GET /open HT".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void callersThatDoNotReadHurtNobody() throws Exception {
        try (Socket lazy = new Socket("127.0.0.1", listener.port())) {
            lazy.setReceiveBufferSize(1024);
            lazy.getOutputStream()
                    .write(
                            "GET /ticks HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
            HttpResponse<InputStream> eager =
                    client.send(get("/ticks").build(), BodyHandlers.ofInputStream());
            try (InputStream in = eager.body()) {
                assertThat(new String(in.readNBytes(60), StandardCharsets.UTF_8))
                        .startsWith("data: 0\n\ndata: 1");
            }
            assertThat(send(get("/open")).statusCode()).isEqualTo(200);
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private static HttpRequest.Builder get(String path) {
        return request(path).GET();
    }

    private static HttpRequest.Builder post(String path, String json) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotEmpty();
        return problem;
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", listener.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String head(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
