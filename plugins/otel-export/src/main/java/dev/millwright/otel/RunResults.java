package dev.millwright.otel;

import dev.millwright.plugin.export.Export;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.ResultReport;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The results inside the steps of one run as spans below those of the steps, batch by batch: the
/// ids are those that the programs gave them. Used by one thread.
final class RunResults {
    private static final int PAGE = 500;

    private final Export export;
    private final Described described;
    private final List<AttemptReport> attempts;

    /// Some spans by where they come from, perhaps none, and what comes after them.
    record Batch(List<ResourceSpans> spans, Part next) {}

    RunResults(Export export, Described described) {
        this.export = export;
        this.described = described;
        this.attempts =
                export.run().steps().stream().flatMap(step -> step.attempts().stream()).toList();
    }

    /// What comes from there on.
    ///
    /// @param behind what comes when there is no more
    Batch from(int attempt, String after, Part behind) {
        if (attempt >= attempts.size()) {
            return new Batch(List.of(), behind);
        }
        AttemptReport source = attempts.get(attempt);
        List<ResultReport> page = export.results().after(source.id(), after, PAGE);
        Part next =
                page.size() == PAGE
                        ? new Part.Results(attempt, page.getLast().spanId())
                        : attempt + 1 < attempts.size()
                                ? new Part.Results(attempt + 1, "")
                                : behind;
        return new Batch(grouped(source, page), next);
    }

    private List<ResourceSpans> grouped(AttemptReport source, List<ResultReport> page) {
        Map<String, Map<String, ScopeSpans.Builder>> services = new LinkedHashMap<>();
        for (ResultReport result : page) {
            services.computeIfAbsent(result.service(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(result.scope(), RunResults::scope)
                    .addSpans(span(source, result));
        }
        List<ResourceSpans> grouped = new ArrayList<>();
        services.forEach((service, scopes) -> {
            ResourceSpans.Builder resource =
                    ResourceSpans.newBuilder().setResource(described.ofProgram(service));
            scopes.values().forEach(resource::addScopeSpans);
            grouped.add(resource.build());
        });
        return grouped;
    }

    private static ScopeSpans.Builder scope(String name) {
        return ScopeSpans.newBuilder().setScope(InstrumentationScope.newBuilder().setName(name));
    }

    private Span span(AttemptReport source, ResultReport result) {
        String trace = export.run().traceId();
        Attributes attributes = new Attributes();
        result.attributes().forEach(attributes::putValue);
        if (!result.traceId().equals(trace)) {
            // The program did not take up TRACEPARENT; without this its spans would be elsewhere
            attributes.put("millwright.original_trace_id", result.traceId());
        }
        String parent = result.parentSpanId().isEmpty() ? source.spanId() : result.parentSpanId();
        Span.Builder span =
                Span.newBuilder()
                        .setTraceId(Ids.bytes(trace))
                        .setSpanId(Ids.bytes(result.spanId()))
                        .setParentSpanId(Ids.bytes(parent))
                        .setFlags(RunSpans.SAMPLED)
                        .setName(result.name())
                        .setKind(kind(result.kind()))
                        .setStartTimeUnixNano(result.startNanos())
                        .setEndTimeUnixNano(result.endNanos())
                        .addAllAttributes(attributes.all())
                        .setStatus(status(result));
        for (ResultReport.Occurrence event : result.events()) {
            Attributes more = new Attributes();
            event.attributes().forEach(more::putValue);
            span.addEvents(
                    Span.Event.newBuilder()
                            .setName(event.name())
                            .setTimeUnixNano(event.nanos())
                            .addAllAttributes(more.all()));
        }
        return span.build();
    }

    private static Span.SpanKind kind(String word) {
        return switch (word) {
            case "server" -> Span.SpanKind.SPAN_KIND_SERVER;
            case "client" -> Span.SpanKind.SPAN_KIND_CLIENT;
            case "producer" -> Span.SpanKind.SPAN_KIND_PRODUCER;
            case "consumer" -> Span.SpanKind.SPAN_KIND_CONSUMER;
            default -> Span.SpanKind.SPAN_KIND_INTERNAL;
        };
    }

    private static Status status(ResultReport result) {
        return switch (result.status()) {
            case "error" ->
                    Status.newBuilder()
                            .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                            .setMessage(result.message())
                            .build();
            case "ok" -> Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_OK).build();
            default -> Status.getDefaultInstance();
        };
    }
}
