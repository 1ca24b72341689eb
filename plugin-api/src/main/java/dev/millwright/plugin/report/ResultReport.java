package dev.millwright.plugin.report;

import dev.millwright.plugin.Stability;
import java.util.List;
import java.util.Map;

/// A result inside an attempt: a span that a program in the step sent to the server. Immutable.
///
/// ```java
/// boolean bad = result.status().equals("error");
/// ```
///
/// @param spanId 16 hexadecimal digits
/// @param parentSpanId of the result around it; empty when that is the attempt itself
/// @param traceId the trace that the program was in: the run's, unless the program did not take up
///   `TRACEPARENT`
/// @param kind `internal`, `server`, `client`, `producer` or `consumer`
/// @param status `unset`, `ok` or `error`
/// @param message what the program says about the status; may be empty
/// @param startNanos nanoseconds since 1970
/// @param endNanos likewise
/// @param service `service.name` of the program; may be empty
/// @param scope what made the span, such as a library; may be empty
/// @param attributes text, [Long], [Double] and [Boolean], and lists and maps of these
@Stability(Stability.Level.EVOLVING)
public record ResultReport(
        String spanId,
        String parentSpanId,
        String traceId,
        String name,
        String kind,
        String status,
        String message,
        long startNanos,
        long endNanos,
        String service,
        String scope,
        Map<String, Object> attributes,
        List<Occurrence> events) {
    public ResultReport {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
    }

    /// Something that happened within a result, such as an exception. Immutable.
    ///
    /// @param nanos nanoseconds since 1970
    /// @param attributes as above
    @Stability(Stability.Level.EVOLVING)
    public record Occurrence(String name, long nanos, Map<String, Object> attributes) {
        public Occurrence {
            attributes = Map.copyOf(attributes);
        }
    }
}
