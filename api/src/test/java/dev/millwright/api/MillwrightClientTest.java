package dev.millwright.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millwright.api.delivery.DeliveryAccepted;
import dev.millwright.api.event.EventView;
import dev.millwright.api.resource.ApplyResult;
import dev.millwright.api.run.LogLineView;
import dev.millwright.api.run.RerunRequest;
import dev.millwright.api.run.RunQuery;
import dev.millwright.api.run.StartRunRequest;
import dev.millwright.api.server.ReadyView;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MillwrightClientTest {
    private static final RunId RUN = RunId.parse("0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0");

    private HttpServer server;
    private MillwrightClient client;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client =
                MillwrightClient.create(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), "k");
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void on(String path, Reply reply) {
        server.createContext(
                path,
                exchange -> {
                    requests.add(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Authorization")
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
                    reply.to(exchange);
                    exchange.close();
                });
    }

    private static Reply json(int status, String type, String body) {
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    @Test
    void requestsCarryKeyAndParameters() {
        on("/api/v1/runs", json(200, "application/json", "{\"items\":[],\"nextCursor\":\"abc\"}"));
        assertThat(client.runs(RunQuery.ALL.onBranch("a b&c").limit(3)).next()).contains("abc");
        assertThat(requests)
                .containsExactly("GET /api/v1/runs?branch=a+b%26c&limit=3 Bearer k null");
    }

    @Test
    void newPropertiesOfNewerServersAreIgnored() {
        on(
                "/version",
                json(
                        200,
                        "application/json",
                        "{\"name\":\"millwright\",\"version\":\"9\",\"api\":\"v1\",\"java\":\"40\",\"new\":{\"a\":1}}"));
        assertThat(client.version().version()).isEqualTo("9");
    }

    @Test
    void problemsBecomeExceptionsThatSayAllOfIt() {
        on(
                "/api/v1/queue",
                json(
                        400,
                        "application/problem+json",
                        """
                        {"type":"/problems/invalid-request","title":"T","status":400,"detail":"it is wrong",
                         "instance":"/","errors":[{"pointer":"/a","message":"not so"}],"traceId":"t"}\
                        """));
        assertThatThrownBy(client::queue)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(400);
                            assertThat(e.problem().orElseThrow().errors()).hasSize(1);
                        })
                .hasMessageContaining("it is wrong")
                .hasMessageContaining("/a: not so");
    }

    @Test
    void answersThatAreNoProblemDocumentsAreToldToo() {
        on("/api/v1/queue", json(502, "text/html", "<h1>proxy</h1>"));
        assertThatThrownBy(client::queue)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(502));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (MillwrightClient other =
                MillwrightClient.create(URI.create("http://127.0.0.1:" + free))) {
            assertThatThrownBy(other::health)
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.isUnreachable()).isTrue())
                    .hasMessageContaining(":" + free);
        }
    }

    @Test
    void notReadyIsAValue() {
        on(
                "/readyz",
                json(
                        503,
                        "application/json",
                        "{\"ready\":false,\"checks\":[{\"name\":\"database\",\"ok\":false,\"required\":true,\"detail\":\"gone\"}]}"));
        ReadyView ready = client.ready();
        assertThat(ready.ready()).isFalse();
        assertThat(ready.checks().getFirst().name()).isEqualTo("database");
    }

    @Test
    void postsCarryAnIdempotencyKeyAndTypedBodies() {
        List<String> seen = new ArrayList<>();
        on(
                "/api/v1/namespaces/default/pipelines/web/runs",
                exchange -> {
                    seen.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
                    seen.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    json(
                                    202,
                                    "application/json",
                                    "{\"delivery\":\""
                                            + RUN
                                            + "\",\"runs\":[\""
                                            + RUN
                                            + "\"],\"location\":\"/x\"}")
                            .to(exchange);
                });
        on(
                "/api/v1/runs/" + RUN + "/rerun",
                exchange -> {
                    seen.add(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    json(202, "application/json", "{\"run\":\"" + RUN + "\",\"location\":\"/x\"}")
                            .to(exchange);
                });
        DeliveryAccepted accepted =
                client.startRun("default", "web", StartRunRequest.of(Map.of("n", 3)));
        client.rerun(RUN, RerunRequest.from(StepPath.parse("0/2")));
        assertThat(accepted.run()).isEqualTo(RUN);
        assertThat(UUID.fromString(seen.getFirst())).isNotNull();
        assertThat(seen.subList(1, 3))
                .containsExactly("{\"inputs\":{\"n\":3}}", "{\"mode\":\"from\",\"from\":\"0/2\"}");
    }

    @Test
    void documentsAreAppliedAsTheyAre() {
        on(
                "/api/v1/resources/apply",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    assertThat(new String(body, StandardCharsets.UTF_8))
                            .isEqualTo("kind: Pipeline\n");
                    json(
                                    200,
                                    "application/json",
                                    "{\"dryRun\":true,\"items\":[{\"kind\":\"Pipeline\",\"namespace\":\"default\",\"name\":\"web\",\"action\":\"invalid\",\"diff\":\"\",\"problems\":[{\"pointer\":\"/spec\",\"message\":\"m\",\"suggestion\":\"\",\"line\":3}]}]}")
                            .to(exchange);
                });
        ApplyResult result = client.apply("kind: Pipeline\n", "default", true);
        assertThat(result.isAccepted()).isFalse();
        assertThat(result.items().getFirst().problems().getFirst().line()).isEqualTo(3);
    }

    @Test
    void logBytesAreCopiedExactly() {
        byte[] bytes = {0, (byte) 0xff, '\n', 27, 'x'};
        on(
                "/api/v1/runs/" + RUN + "/steps/0/1/log",
                exchange -> {
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                });
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        client.copyLog(RUN, StepPath.parse("0/1"), LogLineView.Stream.ERR, copy);
        assertThat(copy.toByteArray()).isEqualTo(bytes);
        assertThat(requests.getFirst()).contains("format=text", "stream=err");
    }

    @Test
    void fiftyBrokenConnectionsLoseAndDoubleNothing() {
        int total = 200;
        AtomicInteger connections = new AtomicInteger();
        on(
                "/api/v1/runs/" + RUN + "/events",
                exchange -> {
                    int from =
                            Integer.parseInt(
                                    exchange.getRequestHeaders().getFirst("Last-Event-ID"));
                    boolean last = connections.incrementAndGet() > 50;
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    StringBuilder text = new StringBuilder(":\n\n");
                    int to = last ? total : Math.min(total, from + 4);
                    for (int i = from + 1; i <= to; i++) {
                        text.append(event(i));
                    }
                    // An event that is cut off in the middle does not count.
                    text.append(
                            last
                                    ? "event: end\ndata: {}\n\n"
                                    : "id: " + (to + 1) + "\ndata: {\"seq");
                    exchange.getResponseBody()
                            .write(text.toString().getBytes(StandardCharsets.UTF_8));
                });
        List<Long> seen = new ArrayList<>();
        try (LiveStream<EventView> events = client.followRun(RUN, 0)) {
            while (!events.isEnded()) {
                events.poll(Duration.ofSeconds(1)).ifPresent(event -> seen.add(event.runSeq()));
            }
        }
        assertThat(connections.get()).isGreaterThan(50);
        assertThat(seen).hasSize(total).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aStreamThatIsRefusedSaysSo() {
        on(
                "/api/v1/runs/" + RUN + "/events",
                json(
                        404,
                        "application/problem+json",
                        "{\"type\":\"t\",\"title\":\"T\",\"status\":404,\"detail\":\"no such run\",\"instance\":\"\",\"traceId\":\"\"}"));
        try (LiveStream<EventView> events = client.followRun(RUN, 0)) {
            assertThatThrownBy(() -> events.poll(Duration.ofSeconds(5)))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("no such run");
            assertThat(events.isEnded()).isTrue();
        }
    }

    @Test
    void aStreamOutlivesARestartOfTheServer() throws IOException {
        int port = server.getAddress().getPort();
        on(
                "/api/v1/events",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    if (!"1".equals(exchange.getRequestHeaders().getFirst("Last-Event-ID"))) {
                        exchange.getResponseBody().write(event(1).getBytes(StandardCharsets.UTF_8));
                    }
                });
        try (LiveStream<EventView> events =
                client.followEvents(dev.millwright.api.event.EventQuery.ALL)) {
            assertThat(events.poll(Duration.ofSeconds(5))).isPresent();
            server.stop(0);
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            requests.clear();
            on(
                    "/api/v1/events",
                    exchange -> {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(event(2).getBytes(StandardCharsets.UTF_8));
                    });
            server.start();
            assertThat(events.poll(Duration.ofSeconds(15)).orElseThrow().seq()).isEqualTo(2);
            assertThat(requests.getFirst()).endsWith(" 1");
        }
    }

    private static String event(int seq) {
        return "id: %1$d\ndata: {\"seq\":%1$d,\"at\":\"2026-01-31T12:00:00Z\",\"namespace\":\"default\",\"type\":\"step.started\",\"subject\":\"s\",\"runSeq\":%1$d,\"data\":{\"a\":null}}\n\n"
                .formatted(seq);
    }
}
