package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.host.call.BoundExporter;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.PluginUnderTest;
import dev.millwright.testkit.SampleRuns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The built plugin and a receiver that somebody else wrote.
final class ForeignReceiverIT {
    private static ForeignReceiver receiver;

    @BeforeAll
    static void start() throws Exception {
        receiver = ForeignReceiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @BeforeEach
    void clear() {
        receiver.clear();
    }

    private static List<String> texts(JsonNode items, String pointer) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.at(pointer).asString(""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void itUnderstandsTracesLogsAndMetrics(String protocol) throws InterruptedException {
        RunReport run = SampleRuns.finished(Outcome.FAILURE);
        String endpoint = protocol.equals("http") ? receiver.http() : receiver.grpc();
        try (PluginUnderTest plugin = PluginUnderTest.of(BuiltPlugin.find())) {
            BoundExporter exporter =
                    plugin.exporter("otel", Map.of("endpoint", endpoint, "protocol", protocol));
            assertThat(exporter.export(SampleRuns.export(run, Occasion.RUN_STARTED, 0)))
                    .isEqualTo(Sent.DONE);
            assertThat(exporter.export(SampleRuns.export(run, Occasion.RUN_FINISHED, 50)))
                    .isEqualTo(Sent.DONE);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !receiver.metrics().isEmpty() && receiver.logs().size() == 150);

        assertThat(texts(receiver.traces(), "/traceId")).containsExactly(run.traceId());
        JsonNode spans = receiver.traces().at("/0/spans");
        assertThat(texts(spans, "/name"))
                .containsExactlyInAnyOrder("RUN web", "RUN web started", "build", "build", "test");
        for (JsonNode span : spans) {
            boolean root = span.at("/name").asString("").equals("RUN web");
            assertThat(span.at("/parentSpanId").asString(""))
                    .isEqualTo(root ? "" : run.rootSpanId());
            assertThat(span.at("/attributes").at("/cicd.pipeline.name").asString(""))
                    .isEqualTo("web");
            if (root) {
                assertThat(span.at("/status/code").asString("")).isEqualTo("ERROR");
                assertThat(span.at("/startTime").asLong(0))
                        .isEqualTo(run.queuedAt().toEpochMilli());
            }
        }
        JsonNode last = receiver.logs().at("/0");
        assertThat(last.at("/traceId").asString("")).isEqualTo(run.traceId());
        assertThat(last.at("/severityNumber").asInt(0)).isEqualTo(13);
        assertThat(last.at("/body").asString("")).isEqualTo("line 49");
        assertThat(texts(receiver.metrics(), "/name")).contains("cicd.pipeline.run.duration");
    }
}
