package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.otel.OtlpReceiver;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.Ports;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with the built plugin `otel-export`, and a receiver that is there or not.
class TelemetryIT {
    @TempDir Path folder;
    private int port;
    private Path begun;
    private Path go;

    @BeforeEach
    void prepare() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        Path plugin = BuiltPlugin.in(Path.of("../plugins/otel-export/target"));
        Files.copy(plugin, plugins.resolve(plugin.getFileName()));
        port = Ports.free();
        begun = folder.resolve("begun");
        go = folder.resolve("go");
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(folder, Map.of());
    }

    /// An exporter, and a pipeline with groups in groups of which one step fails.
    private String resources() {
        return """
        kind: Exporter
        metadata: {name: traces}
        spec:
          type: otel
          with: {endpoint: "http://127.0.0.1:%d"}
        ---
        kind: Pipeline
        metadata: {name: web}
        spec:
          steps:
            - {name: build, commands: ['echo "in $TRACEPARENT"']}
            - name: checks
              parallel:
                - {name: lint, commands: ['echo "WARN: a gap" >&2']}
                - name: tests
                  sequence:
                    - {name: unit, commands: ["echo unit"]}
                    - {name: load, commands: ["exit 3"]}
            - {name: ship, commands: ["echo never"]}
        ---
        kind: Pipeline
        metadata: {name: slow}
        spec:
          steps:
            - {name: wait, commands: ['touch "%s"; while [ ! -e "%s" ]; do sleep 0.05; done; echo done']}
        """
                .formatted(port, begun, go);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    /// The spans of a run by name, each of which must have come once.
    private static Map<String, Span> spans(OtlpReceiver receiver, String trace) {
        return receiver.spans().stream()
                .map(OtlpReceiver.Received::one)
                .filter(span -> OtlpReceiver.hex(span.getTraceId()).equals(trace))
                .collect(Collectors.toMap(Span::getName, Function.identity()));
    }

    private static boolean has(OtlpReceiver receiver, String metric) {
        return receiver.metrics().stream().anyMatch(one -> one.one().getName().equals(metric));
    }

    private static String id(Span span) {
        return OtlpReceiver.hex(span.getSpanId());
    }

    private static String parent(Span span) {
        return OtlpReceiver.hex(span.getParentSpanId());
    }

    private static String trace(ServerProcess server, String run) throws IOException {
        return server.get("/api/v1/runs/" + run).at("/run/traceId").asString("");
    }

    private static JsonNode outbox(ServerProcess server) throws IOException {
        return server.get("/api/v1/queue").at("/outbox/0");
    }

    @Test
    @Tag("S1.8")
    void aRunIsOneTraceWithItsGroupsStepsLogsAndMetrics() throws IOException {
        try (OtlpReceiver receiver = new OtlpReceiver(port);
                ServerProcess server = start()) {
            server.apply(resources());
            String run = server.deliver("web", "one");
            assertThat(server.awaitEnd(run)).isEqualTo("failure");
            String trace = trace(server, run);
            // The last that is told of a run
            eventually().until(() -> has(receiver, "cicd.pipeline.run.duration"));
            // And once a minute, how things stand
            eventually().until(() -> has(receiver, "cicd.worker.count"));

            Map<String, Span> spans = spans(receiver, trace);
            assertThat(spans)
                    .containsOnlyKeys(
                            "RUN web started",
                            "RUN web",
                            "build",
                            "checks",
                            "lint",
                            "tests",
                            "unit",
                            "load");
            Map<String, String> parents =
                    Map.of(
                            "RUN web started", "RUN web",
                            "build", "RUN web",
                            "checks", "RUN web",
                            "lint", "checks",
                            "tests", "checks",
                            "unit", "tests",
                            "load", "tests");
            parents.forEach((child, above) ->
                    assertThat(parent(spans.get(child)))
                            .as("parent of %s", child)
                            .isEqualTo(id(spans.get(above))));
            assertThat(parent(spans.get("RUN web"))).isEmpty();
            for (String bad : List.of("RUN web", "checks", "tests", "load")) {
                assertThat(spans.get(bad).getStatus().getCode())
                        .as(bad)
                        .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            }
            for (String good : List.of("build", "lint", "unit")) {
                assertThat(spans.get(good).getStatus().getCode())
                        .as(good)
                        .isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
            }
            assertTimes(server, run, spans);
            assertThat(server.log(run, "0/0"))
                    .isEqualTo("in 00-%s-%s-01\n".formatted(trace, id(spans.get("build"))));
            assertThat(receiver.logs())
                    .filteredOn(log -> log.one().getBody().getStringValue().contains("a gap"))
                    .singleElement()
                    .satisfies(log -> {
                        assertThat(OtlpReceiver.hex(log.one().getTraceId())).isEqualTo(trace);
                        assertThat(log.one().getSpanId()).isEqualTo(spans.get("lint").getSpanId());
                    });
            assertThat(outbox(server).at("/waiting").asInt(-1)).isZero();
        }
    }

    /// The times are those that the server shows, and children lie within their run.
    private static void assertTimes(ServerProcess server, String run, Map<String, Span> spans)
            throws IOException {
        JsonNode shown = server.get("/api/v1/runs/" + run).at("/run");
        Span root = spans.get("RUN web");
        assertThat(root.getStartTimeUnixNano())
                .isEqualTo(nanos(shown.at("/queuedAt").asString("")));
        assertThat(root.getEndTimeUnixNano())
                .isEqualTo(nanos(shown.at("/finishedAt").asString("")));
        assertThat(spans.get("unit").getEndTimeUnixNano())
                .isLessThanOrEqualTo(spans.get("load").getStartTimeUnixNano());
        spans.values()
                .forEach(span -> {
                    assertThat(span.getStartTimeUnixNano())
                            .as(span.getName())
                            .isBetween(root.getStartTimeUnixNano(), root.getEndTimeUnixNano());
                    assertThat(span.getEndTimeUnixNano())
                            .as(span.getName())
                            .isBetween(span.getStartTimeUnixNano(), root.getEndTimeUnixNano());
                });
    }

    private static long nanos(String time) {
        Instant at = Instant.parse(time);
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    @Test
    @Tag("R54")
    void aReceiverThatIsAwayHoldsNothingUpAndLosesNothing() throws IOException {
        try (ServerProcess server = start()) {
            server.apply(resources());
            List<String> runs = List.of(server.deliver("web", "one"), server.deliver("web", "two"));
            for (String run : runs) {
                assertThat(server.awaitEnd(run)).isEqualTo("failure");
            }
            eventually().until(() -> outbox(server).at("/failing").asInt(0) > 0);
            assertThat(outbox(server).at("/waiting").asInt(0)).isEqualTo(4);
            assertThat(outbox(server).at("/reason").asString("")).contains("cannot be reached");

            try (OtlpReceiver receiver = new OtlpReceiver(port)) {
                eventually().until(() -> outbox(server).at("/waiting").asInt(-1) == 0);
                for (String run : runs) {
                    assertThat(spans(receiver, trace(server, run))).hasSize(8);
                }
            }
            assertThat(outbox(server).at("/dropped").asInt(-1)).isZero();
        }
    }

    @Test
    void aServerThatIsKilledTellsEverythingWithTheSameIdsInItsNextLife() throws IOException {
        String ended;
        String going;
        String trace;
        try (ServerProcess first = start()) {
            first.apply(resources());
            ended = first.deliver("web", "one");
            assertThat(first.awaitEnd(ended)).isEqualTo("failure");
            going = first.deliver("slow", "two");
            eventually().until(() -> outbox(first).at("/waiting").asInt(0) == 3);
            // A step that had not begun is another attempt in the next life
            eventually().until(() -> Files.exists(begun));
            trace = trace(first, going);
            first.kill();
        }
        Files.createFile(go);
        try (OtlpReceiver receiver = new OtlpReceiver(port);
                ServerProcess second = start()) {
            assertThat(second.awaitEnd(going)).isEqualTo("success");
            eventually().until(() -> outbox(second).at("/waiting").asInt(-1) == 0);
            assertThat(spans(receiver, trace(second, ended))).hasSize(8);
            assertThat(trace(second, going)).isEqualTo(trace);
            Map<String, Span> spans = spans(receiver, trace);
            assertThat(spans).containsOnlyKeys("RUN slow started", "RUN slow", "wait");
            Span wait = spans.get("wait");
            assertThat(parent(wait)).isEqualTo(id(spans.get("RUN slow")));
            assertThat(wait.getStartTimeUnixNano())
                    .as("it began in the first life")
                    .isLessThan(
                            nanos(
                                    second.get("/api/v1/servers")
                                            .at("/items/0/startedAt")
                                            .asString("")));
        }
    }
}
