package dev.millwright.otel;

import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What one finished run adds to the metrics of its pipeline, as deltas: nothing is counted in
/// memory, so that nothing is lost or counted anew when a server starts again.
final class RunMetrics {
    private static final List<Double> BOUNDS =
            List.of(1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0);

    private RunMetrics() {}

    static List<Metric> of(RunReport run) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(durations(run));
        Map<String, Integer> errors = errors(run);
        if (!errors.isEmpty()) {
            metrics.add(errors(run, errors));
        }
        return metrics;
    }

    private static Metric durations(RunReport run) {
        Instant end = run.finishedAt().orElse(run.queuedAt());
        Instant start = run.startedAt().orElse(end);
        Histogram histogram =
                Histogram.newBuilder()
                        .setAggregationTemporality(
                                AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(duration(run, "pending", run.queuedAt(), start))
                        .addDataPoints(duration(run, "executing", start, end))
                        .build();
        return Metric.newBuilder()
                .setName("cicd.pipeline.run.duration")
                .setDescription("How long runs were in a state")
                .setUnit("s")
                .setHistogram(histogram)
                .build();
    }

    private static HistogramDataPoint duration(
            RunReport run, String state, Instant from, Instant to) {
        double seconds = Math.max(0, Duration.between(from, to).toNanos() / 1e9);
        Outcome outcome = run.outcome().orElse(Outcome.ERROR);
        Attributes attributes =
                new Attributes()
                        .put("cicd.pipeline.name", run.pipeline())
                        .put("cicd.pipeline.run.state", state)
                        .put("cicd.pipeline.result", outcome.word());
        if (RunSpans.isError(outcome)) {
            attributes.put("error.type", outcome.word());
        }
        HistogramDataPoint.Builder point =
                HistogramDataPoint.newBuilder()
                        .setStartTimeUnixNano(Ids.nanos(from))
                        .setTimeUnixNano(Ids.nanos(to))
                        .setCount(1)
                        .setSum(seconds)
                        .setMin(seconds)
                        .setMax(seconds)
                        .addAllExplicitBounds(BOUNDS)
                        .addAllAttributes(attributes.all());
        int bucket = (int) BOUNDS.stream().filter(bound -> seconds > bound).count();
        for (int i = 0; i <= BOUNDS.size(); i++) {
            point.addBucketCounts(i == bucket ? 1 : 0);
        }
        return point.build();
    }

    /// Bad ends of work, by reason.
    private static Map<String, Integer> errors(RunReport run) {
        Map<String, Integer> errors = new TreeMap<>();
        for (StepReport step : run.steps()) {
            Outcome outcome = step.outcome().orElse(Outcome.SUCCESS);
            if (!step.attempts().isEmpty() && !step.carried() && RunSpans.isError(outcome)) {
                errors.merge(
                        step.cause().isEmpty() ? outcome.word() : step.cause(), 1, Integer::sum);
            }
        }
        return errors;
    }

    private static Metric errors(RunReport run, Map<String, Integer> errors) {
        Sum.Builder sum =
                Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(
                                AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
        errors.forEach((reason, count) ->
                sum.addDataPoints(
                        NumberDataPoint.newBuilder()
                                .setStartTimeUnixNano(Ids.nanos(run.queuedAt()))
                                .setTimeUnixNano(Ids.nanos(run.finishedAt().orElse(run.queuedAt())))
                                .setAsInt(count)
                                .addAllAttributes(
                                        new Attributes()
                                                .put("cicd.pipeline.name", run.pipeline())
                                                .put("error.type", reason)
                                                .all())));
        return Metric.newBuilder()
                .setName("cicd.pipeline.run.errors")
                .setDescription("How many steps ended badly")
                .setUnit("{error}")
                .setSum(sum)
                .build();
    }
}
