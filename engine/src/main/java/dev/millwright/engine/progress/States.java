package dev.millwright.engine.progress;

import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Make the states that follow on another. Nothing is decided here.
final class States {
    private States() {}

    static StepState pending(int attempt) {
        return new StepState(
                StepPhase.PENDING, null, attempt, null, null, null, "", "", null, Map.of(), false);
    }

    static StepState queued(StepState old, int attempt, String message) {
        return open(StepPhase.QUEUED, old, attempt, old.startedAtOrNull(), null, "", message);
    }

    /// A leaf that a node has taken, or a group that begins.
    static StepState running(StepState old, int attempt, Instant now, @Nullable Instant due) {
        return open(StepPhase.RUNNING, old, attempt, first(old, now), due, "", "");
    }

    static StepState blocked(
            StepState old,
            int attempt,
            Instant now,
            @Nullable Instant due,
            String cause,
            String message) {
        return open(StepPhase.BLOCKED, old, attempt, first(old, now), due, cause, message);
    }

    private static StepState open(
            StepPhase phase,
            StepState old,
            int attempt,
            @Nullable Instant started,
            @Nullable Instant due,
            String cause,
            String message) {
        return new StepState(
                phase,
                null,
                attempt,
                started,
                null,
                due,
                cause,
                message,
                null,
                Map.of(),
                old.carried());
    }

    private static Instant first(StepState old, Instant now) {
        Instant started = old.startedAtOrNull();
        return started == null ? now : started;
    }

    static StepState delayed(
            StepState old, Instant now, Instant due, String message, @Nullable Integer exitCode) {
        return new StepState(
                StepPhase.DELAYED,
                null,
                old.attempt(),
                old.startedAtOrNull(),
                now,
                due,
                Cause.RETRY,
                message,
                exitCode,
                Map.of(),
                false);
    }

    static StepState stopping(StepState old, Outcome outcome, String cause, String message) {
        return new StepState(
                StepPhase.CANCELLING,
                outcome,
                old.attempt(),
                old.startedAtOrNull(),
                null,
                null,
                cause,
                message,
                old.exitCodeOrNull(),
                old.outputs(),
                old.carried());
    }

    static StepState finished(
            StepState old, Instant now, Outcome outcome, String cause, String message) {
        return finished(old, now, outcome, cause, message, old.exitCodeOrNull(), old.outputs());
    }

    static StepState finished(
            StepState old,
            Instant now,
            Outcome outcome,
            String cause,
            String message,
            @Nullable Integer exitCode,
            Map<String, String> outputs) {
        return new StepState(
                StepPhase.FINISHED,
                outcome,
                old.attempt(),
                old.startedAtOrNull(),
                now,
                null,
                cause,
                message,
                exitCode,
                outputs,
                old.carried());
    }

    /// The same state as taken over by a rerun.
    static StepState carried(StepState old) {
        return new StepState(
                StepPhase.FINISHED,
                old.outcomeOrNull(),
                old.attempt(),
                old.startedAtOrNull(),
                old.finishedAtOrNull(),
                null,
                old.cause(),
                old.message(),
                old.exitCodeOrNull(),
                old.outputs(),
                true);
    }

    /// A step that a rerun neither runs nor takes over.
    static StepState passedOver(String message) {
        return new StepState(
                StepPhase.FINISHED,
                Outcome.SKIP,
                0,
                null,
                null,
                null,
                Cause.RERUN,
                message,
                null,
                Map.of(),
                true);
    }
}
