package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.millwright.engine.binding.BindingException;
import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.SampleRuns;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class OtelExporterTest {
    private static final RunReport FAILED = SampleRuns.finished(Outcome.FAILURE);

    private final OtelExporter exporter = new OtelExporter();
    private OtlpReceiver receiver;

    @BeforeEach
    void listen() throws IOException {
        receiver = new OtlpReceiver(0);
        exporter.open(BareContext.with(NetworkWall.OPEN));
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    private OtelSettings settings(Map<String, Object> more) {
        Map<String, Object> written = new HashMap<>(Map.of("endpoint", receiver.endpoint()));
        written.putAll(more);
        return RecordBinder.bind(
                OtelSettings.class, new Parameters(written), _ -> Optional.of("Bearer hush"));
    }

    private Sent export(RunReport run, Occasion occasion, long lines) throws InterruptedException {
        return exporter.export(SampleRuns.export(run, occasion, lines), settings(Map.of()));
    }

    private Span span(String name) {
        return receiver.spans().stream()
                .map(OtlpReceiver.Received::one)
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFinishedRunIsOneTraceWithTheIdsAndTimesOfTheServer() throws InterruptedException {
        assertThat(export(FAILED, Occasion.RUN_FINISHED, 0)).isEqualTo(Sent.DONE);

        assertThat(receiver.spans())
                .extracting(
                        span -> span.one().getName(),
                        span -> OtlpReceiver.hex(span.one().getSpanId()),
                        span -> OtlpReceiver.hex(span.one().getParentSpanId()))
                .containsExactly(
                        tuple("RUN web", "b7ad6b7169203331", ""),
                        tuple("build", "00f067aa0ba90201", "b7ad6b7169203331"),
                        tuple("build", "00f067aa0ba90202", "b7ad6b7169203331"),
                        tuple("test", "00f067aa0ba90203", "b7ad6b7169203331"));
        assertThat(receiver.spans())
                .allMatch(span ->
                        OtlpReceiver.hex(span.one().getTraceId())
                                .equals("0af7651916cd43dd8448eb211c80319c"));
        Span root = span("RUN web");
        assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(root.getStartTimeUnixNano()).isEqualTo(Ids.nanos(FAILED.queuedAt()));
        assertThat(root.getEndTimeUnixNano())
                .isEqualTo(Ids.nanos(FAILED.finishedAt().orElseThrow()));
        assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(OtlpReceiver.texts(root.getAttributesList()))
                .containsEntry("cicd.pipeline.result", "failure")
                .containsEntry("error.type", "failure");
    }

    @Test
    void eachTryOfAStepTellsHowItEndedAndWhere() throws InterruptedException {
        assertThat(export(FAILED, Occasion.RUN_FINISHED, 0)).isEqualTo(Sent.DONE);

        assertThat(receiver.spans().subList(1, 4))
                .extracting(span -> OtlpReceiver.texts(span.one().getAttributesList()))
                .satisfiesExactly(
                        first ->
                                assertThat(first)
                                        .containsEntry("cicd.pipeline.task.run.result", "error")
                                        .containsEntry("millwright.attempt", "1")
                                        .doesNotContainKey("process.exit.code"),
                        second ->
                                assertThat(second)
                                        .containsEntry("cicd.pipeline.task.run.result", "success")
                                        .containsEntry("process.exit.code", "0"),
                        third ->
                                assertThat(third)
                                        .containsEntry("cicd.pipeline.task.name", "test")
                                        .containsEntry("cicd.worker.name", "local")
                                        .containsEntry("cicd.pipeline.task.run.result", "failure")
                                        .containsEntry("error.type", "exit"));
        assertThat(span("test").getStatus().getCode())
                .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }

    @Test
    void theResourceTellsPipelineRepositoryAndCommit() throws InterruptedException {
        var _ =
                exporter.export(
                        SampleRuns.export(FAILED, Occasion.RUN_FINISHED, 0),
                        settings(
                                Map.of(
                                        "gzip",
                                        true,
                                        "serviceName",
                                        "ci:{namespace}:{pipeline}",
                                        "attributes",
                                        Map.of("team", "web"),
                                        "headers",
                                        Map.of("Authorization", "${env:TOKEN}"))));

        assertThat(OtlpReceiver.texts(receiver.spans().getFirst().resource().getAttributesList()))
                .containsEntry("service.name", "ci:default:web")
                .containsEntry("team", "web")
                .containsEntry("cicd.pipeline.name", "web")
                .containsEntry("cicd.pipeline.run.id", FAILED.id().toString())
                .containsEntry("vcs.repository.url.full", "https://example.org/web.git")
                .containsEntry("vcs.repository.name", "web")
                .containsEntry("vcs.ref.head.name", "main")
                .containsEntry("vcs.ref.head.type", "branch")
                .containsEntry("vcs.ref.head.revision", "0123456789abcdef0123456789abcdef01234567");
        assertThat(receiver.spans().getFirst().headers())
                .containsEntry("authorization", "Bearer hush")
                .containsEntry("content-encoding", "gzip");
    }

    @Test
    void aRunThatGoesOnShowsAtOnceBelowItsFutureRoot() throws InterruptedException {
        RunReport run = SampleRuns.running();
        assertThat(export(run, Occasion.RUN_STARTED, 0)).isEqualTo(Sent.DONE);
        assertThat(export(run, Occasion.RUN_STARTED, 0)).isEqualTo(Sent.DONE);

        assertThat(receiver.spans())
                .extracting(
                        span -> span.one().getName(),
                        span -> OtlpReceiver.hex(span.one().getSpanId()),
                        span -> OtlpReceiver.hex(span.one().getParentSpanId()),
                        span -> span.one().getStartTimeUnixNano())
                .containsOnly(
                        tuple(
                                "RUN web started",
                                Ids.started(run.rootSpanId()),
                                run.rootSpanId(),
                                Ids.nanos(run.startedAt().orElseThrow())));
    }

    @Test
    void logsCarryTheirSpanAndTheGravityTheyGiveThemselves() throws InterruptedException {
        assertThat(export(FAILED, Occasion.RUN_FINISHED, 100)).isEqualTo(Sent.DONE);

        assertThat(receiver.logs()).hasSize(300);
        LogRecord ninth = receiver.logs().get(209).one();
        assertThat(ninth.getBody().getStringValue()).isEqualTo("line 9");
        assertThat(OtlpReceiver.hex(ninth.getSpanId())).isEqualTo("00f067aa0ba90203");
        assertThat(OtlpReceiver.hex(ninth.getTraceId())).isEqualTo(FAILED.traceId());
        assertThat(ninth.getSeverityNumberValue()).isEqualTo(13);
        assertThat(ninth.getSeverityText()).isEqualTo("WARN");
        assertThat(OtlpReceiver.texts(ninth.getAttributesList()))
                .containsEntry("log.iostream", "stderr")
                .containsEntry("cicd.pipeline.task.name", "test");
        assertThat(receiver.logs().get(208).one().getSeverityNumberValue()).isEqualTo(9);
    }

    @Test
    void metricsAreDeltasWithoutTheRun() throws InterruptedException {
        assertThat(export(FAILED, Occasion.RUN_FINISHED, 0)).isEqualTo(Sent.DONE);

        assertThat(receiver.metrics())
                .extracting(metric -> metric.one().getName())
                .containsExactly("cicd.pipeline.run.duration", "cicd.pipeline.run.errors");
        assertThat(OtlpReceiver.texts(receiver.metrics().getFirst().resource().getAttributesList()))
                .doesNotContainKey("cicd.pipeline.run.id");
        List<HistogramDataPoint> points =
                receiver.metrics().getFirst().one().getHistogram().getDataPointsList();
        assertThat(points)
                .extracting(
                        point ->
                                OtlpReceiver.texts(point.getAttributesList())
                                        .get("cicd.pipeline.run.state"),
                        HistogramDataPoint::getSum,
                        HistogramDataPoint::getCount)
                .containsExactly(tuple("pending", 1.0, 1L), tuple("executing", 59.0, 1L));
        assertThat(points.getLast().getBucketCountsList())
                .containsExactly(0L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L);
    }

    @Test
    void whatHasArrivedIsNotSentAgainWhenTheRestFails() throws InterruptedException {
        receiver.refuse(503, "/v1/logs");
        Export first = SampleRuns.export(FAILED, Occasion.RUN_FINISHED, 10);
        Sent partly = exporter.export(first, settings(Map.of()));
        assertThat(partly).isEqualTo(new Sent.Partly("logs/0/0"));
        Export rest =
                new Export(first.id(), first.occasion(), null, FAILED, first.logs(), "logs/0/0", 0);
        assertThat(exporter.export(rest, settings(Map.of()))).isInstanceOf(Sent.Later.class);

        receiver.refuse(0);
        assertThat(exporter.export(rest, settings(Map.of()))).isEqualTo(Sent.DONE);
        assertThat(receiver.spans()).hasSize(4);
        assertThat(receiver.logs()).hasSize(30);
        assertThat(receiver.metrics()).hasSize(2);
    }

    @Test
    void aLongLogGoesInSeveralRequestsEachLineOnce() throws InterruptedException {
        Export plain = SampleRuns.export(FAILED, Occasion.RUN_FINISHED, 100);
        byte[] much = new byte[100_000];
        Arrays.fill(much, (byte) 'x');
        LogReader logs =
                (attempt, from, limit) ->
                        plain.logs().lines(attempt, from, limit).stream()
                                .map(line ->
                                        new LogLine(
                                                line.number(),
                                                line.stream(),
                                                line.at(),
                                                line.severity(),
                                                false,
                                                true,
                                                much))
                                .toList();
        Export export = new Export(plain.id(), plain.occasion(), null, plain.run(), logs, "", 0);
        assertThat(exporter.export(export, settings(Map.of()))).isEqualTo(Sent.DONE);

        assertThat(receiver.largest()).isBetween(1 << 20, 2 << 20);
        assertThat(receiver.logs())
                .extracting(log ->
                        OtlpReceiver.hex(log.one().getSpanId())
                                + OtlpReceiver.texts(log.one().getAttributesList())
                                        .get("millwright.log.line"))
                .hasSize(300)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatTheReceiverCallsWrongIsNotSentAgain() throws InterruptedException {
        receiver.refuse(400);
        assertThat(export(FAILED, Occasion.RUN_FINISHED, 0))
                .isInstanceOfSatisfying(
                        Sent.Never.class, never -> assertThat(never.reason()).contains("400"));
    }

    @Test
    @Tag("S29")
    void anAddressThatIsNoneIsRefused() {
        for (String endpoint :
                List.of("file:///etc/passwd", "collector:4318", "http://user:word@host")) {
            assertThatThrownBy(() -> settings(Map.of("endpoint", endpoint)))
                    .isInstanceOf(BindingException.class)
                    .hasMessageContaining("endpoint")
                    .hasMessageNotContaining("word@");
        }
    }
}
