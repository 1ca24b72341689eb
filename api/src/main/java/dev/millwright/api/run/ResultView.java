package dev.millwright.api.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A result inside a step: a span that a program in it sent to the server. Results travel as a flat
/// list in order of time; [#parentSpanId()] gives the tree.
///
/// @param spanId 16 hexadecimal digits
/// @param parentSpanId of the result around it; empty when that is the step itself. It may be of a
///   span that never came
/// @param traceId the trace that the program was in: the run's, unless the program did not take up
///   `TRACEPARENT`
/// @param kind `internal`, `server`, `client`, `producer` or `consumer`
/// @param status `unset`, `ok` or `error`
/// @param message what the program says about the status; may be empty
/// @param durationNanos nanoseconds
/// @param service `service.name` of the program; may be empty
/// @param scope what made the span, such as a library; may be empty
/// @param attributes text, numbers, booleans, and lists and maps of these
public record ResultView(
        String spanId,
        String parentSpanId,
        String traceId,
        String name,
        String kind,
        String status,
        String message,
        Instant startedAt,
        Instant finishedAt,
        long durationNanos,
        String service,
        String scope,
        Map<String, Object> attributes,
        List<EventView> events) {
    public ResultView {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
    }

    /// Something that happened within a result, such as an exception.
    ///
    /// @param attributes as above
    public record EventView(String name, Instant at, Map<String, Object> attributes) {
        public EventView {
            attributes = Map.copyOf(attributes);
        }
    }
}
