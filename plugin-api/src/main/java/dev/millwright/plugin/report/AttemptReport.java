package dev.millwright.plugin.report;

import dev.millwright.model.AttemptId;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Stability;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One try of a step on one node. Immutable.
///
/// ```java
/// span.setAttribute("cicd.worker.name", attempt.node());
/// ```
///
/// @param number counts the tries of the step, from 1
/// @param spanId 16 hexadecimal digits: what the step's processes see in `TRACEPARENT`
/// @param exitCodeOrNull for processes and containers that ran to their end
/// @param startedAtOrNull null when it never began
/// @param logLines how many lines of log there are, see [LogReader]
@Stability(Stability.Level.EVOLVING)
public record AttemptReport(
        AttemptId id,
        int number,
        String node,
        String spanId,
        @Nullable Outcome outcomeOrNull,
        String cause,
        @Nullable Integer exitCodeOrNull,
        Instant assignedAt,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        long logLines) {
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public Optional<Integer> exitCode() {
        return Optional.ofNullable(exitCodeOrNull);
    }

    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAtOrNull);
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }
}
