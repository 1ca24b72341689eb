package dev.millwright.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.millwright.engine.binding.RecordBinder;
import dev.millwright.model.Parameters;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.NetworkWall;
import dev.millwright.plugin.Sent;
import dev.millwright.plugin.export.Occasion;
import dev.millwright.plugin.report.Measures;
import dev.millwright.testkit.BareContext;
import dev.millwright.testkit.SampleRuns;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a receiver never gets to see is told to it as figures.
final class LostTelemetryTest {
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

    private static OtelSettings settings(String endpoint, String protocol) {
        return RecordBinder.bind(
                OtelSettings.class,
                new Parameters(Map.of("endpoint", endpoint, "protocol", protocol)),
                _ -> Optional.empty());
    }

    private Sent export() throws InterruptedException {
        return export(settings(receiver.endpoint(), "http"));
    }

    private Sent export(OtelSettings settings) throws InterruptedException {
        return exporter.export(
                SampleRuns.export(SampleRuns.finished(Outcome.FAILURE), Occasion.RUN_FINISHED, 0),
                settings);
    }

    private Sent measure(String name, long dropped) throws InterruptedException {
        return measure(name, dropped, settings(receiver.endpoint(), "http"));
    }

    private Sent measure(String name, long dropped, OtelSettings settings)
            throws InterruptedException {
        Instant now = Instant.now();
        return exporter.measure(
                new Measures(now, now.minusSeconds(60), List.of(), Map.of(), name, dropped),
                settings);
    }

    private Stream<Metric> told() {
        return receiver.metrics().stream().map(OtlpReceiver.Received::one);
    }

    private static List<Sum> sums(Stream<Metric> metrics, String name) {
        return metrics.filter(metric -> metric.getName().equals(name)).map(Metric::getSum).toList();
    }

    private static Tuple refused(long spans, String endpoint) {
        return tuple(spans, Map.of("millwright.receiver", endpoint, "millwright.signal", "traces"));
    }

    private static void assertRefused(Stream<Metric> metrics, Tuple expected) {
        List<Sum> refused = sums(metrics, "millwright.export.refused");
        assertThat(refused).as("it is a delta").hasSize(1);
        assertThat(refused.getFirst().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        assertThat(refused.getFirst().getDataPointsList())
                .extracting(
                        NumberDataPoint::getAsInt,
                        point -> OtlpReceiver.texts(point.getAttributesList()))
                .containsExactly(expected);
    }

    @Test
    void howMuchWasGivenUpIsACounterOfTheExporter() throws InterruptedException {
        assertThat(measure("default/traces", 3)).isEqualTo(Sent.DONE);

        Sum sum = sums(told(), "millwright.export.dropped").getFirst();
        assertThat(sum.getIsMonotonic()).isTrue();
        assertThat(sum.getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(sum.getDataPoints(0).getAsInt()).isEqualTo(3);
        assertThat(OtlpReceiver.texts(sum.getDataPoints(0).getAttributesList()))
                .isEqualTo(Map.of("millwright.exporter", "default/traces"));
    }

    @Test
    void whatTheReceiverLeavesOutIsToldOnceItCanBe() throws InterruptedException {
        receiver.leaveOut(2);
        assertThat(export()).isEqualTo(Sent.DONE);
        receiver.refuse(503, "/v1/metrics");
        assertThat(measure("default/traces", 0)).isInstanceOf(Sent.Later.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> measure("default/traces", 0))
                .isInstanceOf(InterruptedException.class);
        receiver.refuse(0);
        for (int i = 0; i < 2; i++) {
            assertThat(measure("default/traces", 0)).isEqualTo(Sent.DONE);
        }

        assertRefused(told(), refused(2, receiver.endpoint()));
    }

    @Test
    void itIsAFigureOfTheReceiverWhicheverExporterTellsIt() throws InterruptedException {
        receiver.leaveOut(2);
        assertThat(export()).isEqualTo(Sent.DONE);
        assertThat(export()).isEqualTo(Sent.DONE);

        assertThat(measure("default/one", 0)).isEqualTo(Sent.DONE);
        assertThat(measure("default/other", 0)).isEqualTo(Sent.DONE);

        assertRefused(told(), refused(4, receiver.endpoint()));
    }

    @Test
    void whatTheReceiverLeavesOutIsToldOverGrpcToo() throws Exception {
        try (GrpcStandIn grpc = new GrpcStandIn()) {
            OtelSettings settings = settings(grpc.endpoint(), "grpc");
            grpc.leaveOut(3);
            assertThat(export(settings)).isEqualTo(Sent.DONE);
            assertThat(measure("default/traces", 0, settings)).isEqualTo(Sent.DONE);

            assertRefused(
                    grpc.metrics().stream()
                            .flatMap(request -> request.getResourceMetricsList().stream())
                            .flatMap(of -> of.getScopeMetricsList().stream())
                            .flatMap(of -> of.getMetricsList().stream()),
                    refused(3, grpc.endpoint()));
        }
    }
}
