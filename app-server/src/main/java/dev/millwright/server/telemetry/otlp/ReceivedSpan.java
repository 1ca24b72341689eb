package dev.millwright.server.telemetry.otlp;

import java.util.List;
import java.util.Map;

/// What is kept of a span. Immutable.
///
/// @param traceId 32 hexadecimal digits
/// @param spanId 16 hexadecimal digits
/// @param parentId likewise; empty for the first span of a trace
/// @param kind `internal`, `server`, `client`, `producer` or `consumer`
/// @param status `unset`, `ok` or `error`
/// @param startNanos since 1970
/// @param endNanos since 1970, not before the start
/// @param service `service.name` of the program; may be empty
/// @param scope what made the span, such as a library; may be empty
public record ReceivedSpan(
        String traceId,
        String spanId,
        String parentId,
        String name,
        String kind,
        String status,
        String message,
        long startNanos,
        long endNanos,
        Map<String, Object> attributes,
        List<Occurrence> events,
        String service,
        String scope) {
    /// Something that happened within a span, such as an exception.
    public record Occurrence(String name, long nanos, Map<String, Object> attributes) {}
}
