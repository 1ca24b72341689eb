package dev.millwright.server.telemetry.otlp;

import dev.millwright.model.log.Severity;
import java.util.List;

/// What is kept of a log record. Immutable.
///
/// @param nanos since 1970; 0 when the program does not say
/// @param lines its text; at least one
public record ReceivedLog(long nanos, Severity severity, List<String> lines) {
    public ReceivedLog {
        lines = List.copyOf(lines);
    }
}
