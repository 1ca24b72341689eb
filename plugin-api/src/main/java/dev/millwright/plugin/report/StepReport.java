package dev.millwright.plugin.report;

import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.Stability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A step of a run. Immutable.
///
/// ```java
/// boolean bad = step.outcome().filter(Outcome::isBad).isPresent() && !step.allowFailure();
/// ```
///
/// @param path its place in the tree: `0/1` is a child of `0`
/// @param kind `run`, `approve`, `wait`, `sequence`, `parallel`, `matrix`, ...
/// @param runner which runner carries it out, such as `process`; empty for other kinds than `run`
/// @param outcomeOrNull set once it is finished
/// @param cause one word for the reason of the outcome, such as `exit` or `lost`; may be empty
/// @param message one sentence for people; may be empty
/// @param allowFailure whether a bad outcome of it leaves its group unharmed
/// @param carried whether its result was taken over from the run that this one repeats
/// @param spanId 16 hexadecimal digits; for a step that is work, the one of its last attempt
/// @param attempts tries of a step that is work, oldest first
@Stability(Stability.Level.EVOLVING)
public record StepReport(
        StepPath path,
        String name,
        String kind,
        String runner,
        @Nullable Outcome outcomeOrNull,
        String cause,
        String message,
        boolean allowFailure,
        boolean carried,
        String spanId,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        Map<String, String> outputs,
        List<AttemptReport> attempts) {
    public StepReport {
        outputs = Map.copyOf(outputs);
        attempts = List.copyOf(attempts);
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    /// Whether it went wrong of itself: what was cancelled or skipped did not.
    public boolean isBroken() {
        return outcomeOrNull == Outcome.FAILURE
                || outcomeOrNull == Outcome.TIMEOUT
                || outcomeOrNull == Outcome.ERROR;
    }

    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAtOrNull);
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }
}
