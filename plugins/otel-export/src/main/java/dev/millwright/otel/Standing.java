package dev.millwright.otel;

import dev.millwright.plugin.report.Measures;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How things stand as metrics: up-down counters as what they come to at that moment, so that
/// nothing is wrong when one is sent twice or not at all.
final class Standing {
    private Standing() {}

    /// @param refused by the receiver since it was told last
    static ExportMetricsServiceRequest of(
            Measures measures, Refusals.Counts refused, OtelSettings settings, String version) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        runs(measures, settings)
                .forEach((resource, points) ->
                        request.addResourceMetrics(
                                metrics(
                                        resource,
                                        version,
                                        "cicd.pipeline.run.active",
                                        "How many runs are in a state",
                                        "{run}",
                                        points)));
        Resource server = Described.ofServer(settings);
        request.addResourceMetrics(
                metrics(
                        server,
                        version,
                        "cicd.worker.count",
                        "How many nodes are in a state",
                        "{count}",
                        workers(measures)));
        LostTelemetry.of(measures, refused, settings.endpoint())
                .forEach(metric -> request.addResourceMetrics(metrics(server, version, metric)));
        return request.build();
    }

    private static Map<Resource, List<NumberDataPoint>> runs(
            Measures measures, OtelSettings settings) {
        Map<Resource, List<NumberDataPoint>> runs = new LinkedHashMap<>();
        for (Measures.Active active : measures.active()) {
            Attributes attributes =
                    new Attributes()
                            .put("cicd.pipeline.name", active.pipeline())
                            .put("cicd.pipeline.run.state", active.state())
                            .put("millwright.namespace", active.namespace());
            runs.computeIfAbsent(
                            Described.ofPipeline(settings, active.namespace(), active.pipeline()),
                            _ -> new ArrayList<>())
                    .add(point(measures, attributes, active.runs()));
        }
        return runs;
    }

    private static List<NumberDataPoint> workers(Measures measures) {
        List<NumberDataPoint> points = new ArrayList<>();
        measures.workers()
                .forEach((state, count) ->
                        points.add(
                                point(
                                        measures,
                                        new Attributes().put("cicd.worker.state", state),
                                        count)));
        return points;
    }

    private static NumberDataPoint point(Measures measures, Attributes attributes, long value) {
        Instant start = measures.since().isBefore(measures.at()) ? measures.since() : measures.at();
        return NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(Ids.nanos(start))
                .setTimeUnixNano(Ids.nanos(measures.at()))
                .setAsInt(value)
                .addAllAttributes(attributes.all())
                .build();
    }

    private static ResourceMetrics metrics(
            Resource resource,
            String version,
            String name,
            String description,
            String unit,
            List<NumberDataPoint> points) {
        Metric metric =
                Metric.newBuilder()
                        .setName(name)
                        .setDescription(description)
                        .setUnit(unit)
                        .setSum(
                                Sum.newBuilder()
                                        .setIsMonotonic(false)
                                        .setAggregationTemporality(
                                                AggregationTemporality
                                                        .AGGREGATION_TEMPORALITY_CUMULATIVE)
                                        .addAllDataPoints(points))
                        .build();
        return metrics(resource, version, metric);
    }

    private static ResourceMetrics metrics(Resource resource, String version, Metric metric) {
        return ResourceMetrics.newBuilder()
                .setResource(resource)
                .setSchemaUrl(Described.SCHEMA)
                .addScopeMetrics(
                        ScopeMetrics.newBuilder()
                                .setScope(Described.scope(version))
                                .setSchemaUrl(Described.SCHEMA)
                                .addMetrics(metric))
                .build();
    }
}
