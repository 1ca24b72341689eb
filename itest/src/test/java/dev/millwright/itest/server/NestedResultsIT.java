package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.otel.NodePackages;
import dev.millwright.otel.OtlpReceiver;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.Ports;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Programs in steps that know nothing but OpenTelemetry's variables: OpenTelemetry's own SDK for
/// Node.js, and curl.
@Tag("S1.35")
class NestedResultsIT {
    private static final Path PROGRAMS = Path.of("src/test/resources/telemetry").toAbsolutePath();

    @TempDir Path folder;

    @BeforeEach
    void installExporter() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        Path plugin = BuiltPlugin.in(Path.of("../plugins/otel-export/target"));
        Files.copy(plugin, plugins.resolve(plugin.getFileName()));
    }

    private static String pipeline(String name, String command) {
        return """
        kind: Pipeline
        metadata: {name: %s}
        spec:
          steps:
            - {name: test, commands: ['%s']}
        """
                .formatted(name, command);
    }

    private static Map<String, JsonNode> results(ServerProcess server, String run)
            throws IOException {
        return server.get("/api/v1/runs/%s/steps/0/0/results".formatted(run))
                .at("/items")
                .valueStream()
                .collect(
                        Collectors.toMap(
                                item -> item.at("/name").asString(""), Function.identity()));
    }

    private static String parentOf(Map<String, JsonNode> results, String name) {
        String parent = results.get(name).at("/parentSpanId").asString("-");
        return results.entrySet().stream()
                .filter(entry -> entry.getValue().at("/spanId").asString("").equals(parent))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(parent);
    }

    private static String severityOf(ServerProcess server, String run, String text)
            throws IOException {
        return server.get("/api/v1/runs/%s/steps/0/0/log".formatted(run))
                .at("/lines")
                .valueStream()
                .filter(line -> line.at("/text").asString("").startsWith(text))
                .map(line -> line.at("/severity").asString(""))
                .collect(Collectors.joining(","));
    }

    @Test
    void theSdkOfNodeShowsItsSpansInTheStepWithNothingButTheEnvironment() throws Exception {
        Path packages = NodePackages.fetch(Path.of("../plugins/otel-export"));
        // Where a program finds its libraries is where it lies
        Files.copy(PROGRAMS.resolve("suite.js"), folder.resolve("suite.js"));
        Files.createSymbolicLink(folder.resolve("node_modules"), packages.resolve("node_modules"));
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            server.apply(
                    pipeline(
                            "web",
                            "%s %s"
                                    .formatted(
                                            packages.resolve(NodePackages.NODE),
                                            folder.resolve("suite.js"))));
            String run = server.deliver("web", "one");
            assertThat(server.awaitEnd(run)).as(server.log(run, "0/0")).isEqualTo("success");

            Map<String, JsonNode> results = results(server, run);
            assertThat(results).containsOnlyKeys("suite", "adds", "divides");
            assertThat(parentOf(results, "suite")).isEmpty();
            assertThat(parentOf(results, "adds")).isEqualTo("suite");
            assertThat(parentOf(results, "divides")).isEqualTo("suite");
            assertThat(results.get("adds").at("/attributes/assertions").asInt(0)).isEqualTo(3);
            JsonNode bad = results.get("divides");
            assertThat(bad.at("/status").asString("")).isEqualTo("error");
            assertThat(bad.at("/message").asString("")).isEqualTo("expected 1, was 2");
            assertThat(bad.at("/events/0/name").asString("")).isEqualTo("exception");
            assertThat(severityOf(server, run, "one of two broke")).isEqualTo("warn");
            assertThat(server.log(run, "0/0", "&stream=out")).isEqualTo("sent\n");
            assertThat(server.get("/api/v1/runs/%s/steps".formatted(run)).at("/items/1/results"))
                    .hasToString("3");
        }
    }

    @Test
    void aShellScriptNeedsOnlyCurl() throws Exception {
        int port = Ports.free();
        try (OtlpReceiver receiver = new OtlpReceiver(port);
                ServerProcess server = ServerProcess.start(folder, Map.of())) {
            server.apply(
                    """
                    kind: Exporter
                    metadata: {name: traces}
                    spec:
                      type: otel
                      with: {endpoint: "http://127.0.0.1:%d"}
                    ---
                    """
                                    .formatted(port)
                            + pipeline("web", "bash " + PROGRAMS.resolve("results.sh")));
            String run = server.deliver("web", "one");
            assertThat(server.awaitEnd(run)).as(server.log(run, "0/0")).isEqualTo("success");

            Map<String, JsonNode> results = results(server, run);
            assertThat(results).containsOnlyKeys("suite", "adds", "divides");
            assertThat(parentOf(results, "suite")).isEmpty();
            assertThat(parentOf(results, "divides")).isEqualTo("suite");
            assertThat(severityOf(server, run, "one of two broke")).isEqualTo("warn");

            // The last that is told of a run
            await().atMost(Duration.ofSeconds(90))
                    .until(() ->
                            receiver.metrics().stream()
                                    .map(metric -> metric.one().getName())
                                    .anyMatch("cicd.pipeline.run.duration"::equals));
            String trace = server.get("/api/v1/runs/" + run).at("/run/traceId").asString("");
            Map<String, Span> spans =
                    receiver.spans().stream()
                            .map(OtlpReceiver.Received::one)
                            .filter(span -> OtlpReceiver.hex(span.getTraceId()).equals(trace))
                            .collect(Collectors.toMap(Span::getName, Function.identity()));
            assertThat(spans)
                    .containsOnlyKeys(
                            "RUN web started", "RUN web", "test", "suite", "adds", "divides");
            assertThat(spans.get("suite").getParentSpanId())
                    .isEqualTo(spans.get("test").getSpanId());
            assertThat(spans.get("adds").getParentSpanId())
                    .isEqualTo(spans.get("suite").getSpanId());
            assertThat(OtlpReceiver.hex(spans.get("adds").getSpanId()))
                    .isEqualTo(results.get("adds").at("/spanId").asString(""));
            assertThat(spans.get("divides").getStatus().getCode())
                    .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        }
    }

    @Test
    @Tag("S1.x1")
    void aProgramMadeForBassRunsUnchanged() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            server.apply(
                    """
                    kind: Pipeline
                    metadata: {name: web}
                    spec:
                      steps:
                        - {name: build, exec: [bash, "%s", all], style: bass}
                    """
                            .formatted(PROGRAMS.resolve("bass.sh")));
            String run = server.deliver("web", "one");
            assertThat(server.awaitEnd(run)).as(server.log(run, "0/0")).isEqualTo("success");

            Map<String, JsonNode> results = results(server, run);
            assertThat(results).containsOnlyKeys("step:compile");
            JsonNode compile = results.get("step:compile");
            assertThat(parentOf(results, "step:compile")).isEmpty();
            assertThat(compile.at("/service").asString("")).isEqualTo("bass:pipeline:web");
            assertThat(compile.at("/traceId").asString(""))
                    .isEqualTo(server.get("/api/v1/runs/" + run).at("/run/traceId").asString("-"));
            assertThat(severityOf(server, run, "it broke")).isEqualTo("error");
            assertThat(server.log(run, "0/0", "&stream=out")).isEqualTo("own: all\n");
        }
    }
}
