package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import dev.millwright.plugin.report.ResultReader;
import dev.millwright.plugin.report.ResultReport;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.SampleRuns;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What programs in steps sent, and how things stand.
final class OtelResultsTest {
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

    /// As many results as that in each attempt: a child of the one before, or of the attempt.
    private static ResultReader results(int count) {
        return (attempt, after, limit) -> {
            int from = after.isEmpty() ? 0 : Integer.parseInt(after, 16);
            List<ResultReport> page = new ArrayList<>();
            for (int i = from + 1; i <= Math.min(count, from + limit); i++) {
                page.add(
                        new ResultReport(
                                "%016x".formatted(i),
                                i == 1 ? "" : "%016x".formatted(i - 1),
                                i == 2 ? "c".repeat(32) : FAILED.traceId(),
                                "result " + i,
                                "client",
                                i == 2 ? "error" : "ok",
                                "expected 1",
                                5_000_000_007L + i,
                                6_000_000_000L,
                                i == 2 ? "" : "my-tests",
                                "my.library",
                                Map.of("n", (long) i, "list", List.of("a", true)),
                                List.of(
                                        new ResultReport.Occurrence(
                                                "oops", 5L, Map.of("a", 0.5)))));
            }
            return page;
        };
    }

    private Sent exportWith(ResultReader results) throws InterruptedException {
        Export plain = SampleRuns.export(FAILED, Occasion.RUN_FINISHED, 0);
        return exporter.export(
                new Export(
                        plain.id(),
                        plain.occasion(),
                        null,
                        plain.run(),
                        plain.logs(),
                        results,
                        "",
                        0),
                settings(Map.of("signals", List.of("traces"))));
    }

    @Test
    void whatProgramsSentGoesOnWithItsIdsBelowItsStep() throws InterruptedException {
        assertThat(exportWith(results(2))).isEqualTo(Sent.DONE);

        String attempt =
                FAILED.steps().stream()
                        .flatMap(step -> step.attempts().stream())
                        .findFirst()
                        .orElseThrow()
                        .spanId();
        List<OtlpReceiver.Received<Span>> sent =
                receiver.spans().stream()
                        .filter(one -> one.one().getName().startsWith("result"))
                        .toList();
        Span first = sent.getFirst().one();
        assertThat(OtlpReceiver.hex(first.getTraceId())).isEqualTo(FAILED.traceId());
        assertThat(OtlpReceiver.hex(first.getSpanId())).isEqualTo("0000000000000001");
        assertThat(OtlpReceiver.hex(first.getParentSpanId())).isEqualTo(attempt);
        assertThat(first.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(first.getStartTimeUnixNano()).isEqualTo(5_000_000_008L);
        assertThat(first.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_OK);
        assertThat(first.getEvents(0).getName()).isEqualTo("oops");
        assertThat(first.getAttributesList().toString()).contains("array_value").contains("true");
        assertThat(OtlpReceiver.texts(sent.getFirst().resource().getAttributesList()))
                .containsEntry("service.name", "my-tests")
                .containsEntry("cicd.pipeline.run.id", FAILED.id().toString());
        Span second = sent.get(1).one();
        assertThat(OtlpReceiver.hex(second.getTraceId()))
                .as("it was in a trace of its own")
                .isEqualTo(FAILED.traceId());
        assertThat(OtlpReceiver.texts(second.getAttributesList()))
                .containsEntry("millwright.original_trace_id", "c".repeat(32));
        assertThat(OtlpReceiver.hex(second.getParentSpanId())).isEqualTo("0000000000000001");
        assertThat(second.getStatus().getMessage()).isEqualTo("expected 1");
        assertThat(OtlpReceiver.texts(sent.get(1).resource().getAttributesList()))
                .containsEntry("service.name", "millwright");
    }

    @Test
    void manyResultsGoInSeveralRequestsEachOnce() throws InterruptedException {
        assertThat(exportWith(results(1_200))).isEqualTo(Sent.DONE);
        assertThat(
                        receiver.spans().stream()
                                .filter(one -> one.one().getName().startsWith("result")))
                .hasSize(3 * 1_200);
    }

    @Test
    void howThingsStandIsToldAsWhatItComesTo() throws InterruptedException {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Measures measures =
                new Measures(
                        now,
                        now.minusSeconds(60),
                        List.of(
                                new Measures.Active("default", "web", "executing", 2),
                                new Measures.Active("default", "web", "pending", 0)),
                        Map.of("busy", 1L, "offline", 0L));
        assertThat(exporter.measure(measures, settings(Map.of("serviceName", "ci:{pipeline}"))))
                .isEqualTo(Sent.DONE);

        assertThat(receiver.metrics())
                .extracting(metric -> metric.one().getName(), metric -> metric.one().getUnit())
                .containsExactly(
                        tuple("cicd.pipeline.run.active", "{run}"),
                        tuple("cicd.worker.count", "{count}"));
        Sum active = receiver.metrics().getFirst().one().getSum();
        assertThat(active.getIsMonotonic()).isFalse();
        assertThat(active.getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(active.getDataPointsList())
                .extracting(
                        point ->
                                OtlpReceiver.texts(point.getAttributesList())
                                        .get("cicd.pipeline.run.state"),
                        NumberDataPoint::getAsInt,
                        NumberDataPoint::getTimeUnixNano)
                .containsExactly(
                        tuple("executing", 2L, Ids.nanos(now)),
                        tuple("pending", 0L, Ids.nanos(now)));
        assertThat(OtlpReceiver.texts(receiver.metrics().getFirst().resource().getAttributesList()))
                .containsEntry("service.name", "ci:web");
        assertThat(OtlpReceiver.texts(receiver.metrics().getLast().resource().getAttributesList()))
                .containsEntry("service.name", "millwright");
        assertThat(exporter.measure(measures, settings(Map.of("signals", List.of("traces")))))
                .isEqualTo(Sent.DONE);
        assertThat(receiver.metrics()).as("nobody asked for metrics").hasSize(2);
    }
}
