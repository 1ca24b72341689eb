package dev.millwright.otel;

import dev.millwright.plugin.report.Measures;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// What a receiver never gets to see, as metrics.
final class LostTelemetry {
    private LostTelemetry() {}

    /// @param refused by the receiver since it was told last
    static List<Metric> of(Measures measures, Refusals.Counts refused, URI receiver) {
        List<Metric> metrics = new ArrayList<>();
        if (!measures.exporter().isEmpty()) {
            metrics.add(dropped(measures));
        }
        if (!refused.records().isEmpty()) {
            metrics.add(refused(measures, refused, receiver));
        }
        return metrics;
    }

    /// The database counts, beyond restarts: nobody knows since when.
    private static Metric dropped(Measures measures) {
        Sum sum =
                counter(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(
                                NumberDataPoint.newBuilder()
                                        .setTimeUnixNano(Ids.nanos(measures.at()))
                                        .setAsInt(measures.dropped())
                                        .addAllAttributes(
                                                new Attributes()
                                                        .put(
                                                                "millwright.exporter",
                                                                measures.exporter())
                                                        .all()))
                        .build();
        return Metric.newBuilder()
                .setName("millwright.export.dropped")
                .setDescription("How many messages to an exporter were given up")
                .setUnit("{message}")
                .setSum(sum)
                .build();
    }

    /// Of all exporters that talk to this receiver: it does not say whose records they were.
    private static Metric refused(Measures measures, Refusals.Counts refused, URI receiver) {
        Sum.Builder sum = counter(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        for (Signal signal : Signal.values()) {
            long count = refused.records().getOrDefault(signal, 0L);
            if (count > 0) {
                sum.addDataPoints(
                        NumberDataPoint.newBuilder()
                                .setStartTimeUnixNano(
                                        Math.min(
                                                Ids.nanos(refused.since()),
                                                Ids.nanos(measures.at())))
                                .setTimeUnixNano(Ids.nanos(measures.at()))
                                .setAsInt(count)
                                .addAllAttributes(
                                        new Attributes()
                                                .put("millwright.receiver", receiver.toString())
                                                .put("millwright.signal", signal.word())
                                                .all()));
            }
        }
        return Metric.newBuilder()
                .setName("millwright.export.refused")
                .setDescription("How many records a receiver left out of what it took")
                .setUnit("{record}")
                .setSum(sum)
                .build();
    }

    private static Sum.Builder counter(AggregationTemporality temporality) {
        return Sum.newBuilder().setIsMonotonic(true).setAggregationTemporality(temporality);
    }
}
