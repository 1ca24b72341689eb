package dev.millwright.server.telemetry;

import dev.millwright.server.telemetry.otlp.ReceivedSpan;
import java.util.List;
import java.util.Map;

/// A span that a step has sent, as it is stored. Immutable.
///
/// @param parentId the span around it; empty when that is the step itself
/// @param traceId the program's own when it did not take up `TRACEPARENT`
/// @param status `unset`, `ok` or `error`
public record StoredResult(
        String spanId,
        String parentId,
        String traceId,
        String name,
        String kind,
        String status,
        String message,
        long startNanos,
        long endNanos,
        Detail detail) {
    /// What is not looked for, as one piece of JSON.
    public record Detail(
            String service,
            String scope,
            Map<String, Object> attributes,
            List<ReceivedSpan.Occurrence> events) {
        static final Detail EMPTY = new Detail("", "", Map.of(), List.of());
    }

    /// @param parentId as it is stored
    static StoredResult of(ReceivedSpan span, String parentId) {
        return new StoredResult(
                span.spanId(),
                parentId,
                span.traceId(),
                span.name(),
                span.kind(),
                span.status(),
                span.message(),
                span.startNanos(),
                span.endNanos(),
                new Detail(span.service(), span.scope(), span.attributes(), span.events()));
    }

    boolean isBad() {
        return status.equals("error");
    }
}
