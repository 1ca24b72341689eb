package dev.millwright.api.run;

import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One step of a run. Steps travel as a flat list in plan order; [#depth()] and [#path()] give the
/// tree.
///
/// @param kind `run`, `approve`, `wait`, `sequence`, `parallel` or `matrix`
/// @param runner which runner carries it out, such as `process`; empty for other kinds than `run`
/// @param depth how many groups enclose it
/// @param cause one word for the reason of the outcome or of the waiting, such as `busy` while all
///   slots are, or `node` while no node takes anything; may be empty
/// @param message one sentence for people; may be empty
/// @param attempt number of the current or last try; 0 before the first
/// @param dueAt when it will be looked at again: end of a delay, or its deadline
/// @param durationMillis of its last try; absent before the first and between two of them, while
///   the time from `startedAt` to `finishedAt` is that of all of them
/// @param carried whether its result was taken over from the run that this one repeats
/// @param logLines lines of its last attempt so far
/// @param results how many results inside it its last attempt has sent so far, see [ResultView]
public record StepView(
        StepPath path,
        String name,
        String kind,
        String runner,
        Role role,
        int depth,
        Status status,
        @Nullable Outcome outcome,
        String cause,
        String message,
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant dueAt,
        @Nullable Long durationMillis,
        @Nullable Integer exitCode,
        Map<String, String> outputs,
        boolean allowFailure,
        boolean carried,
        long logLines,
        int results) {
    public StepView {
        outputs = Map.copyOf(outputs);
    }
}
