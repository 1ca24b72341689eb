package dev.millwright.engine.progress;

import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;

/// Why steps are stopped from outside, and the outcome they get by it.
record Halt(Outcome outcome, String cause, String message) {
    static Halt cancelled(String by, String reason) {
        return new Halt(Outcome.CANCELLATION, Cause.CANCELLED, cancelMessage(by, reason));
    }

    static Halt outerTimeout(String group) {
        return new Halt(
                Outcome.TIMEOUT,
                Cause.OUTER_TIMEOUT,
                "The enclosing step '%s' ran out of time.".formatted(group));
    }

    static Halt failFast(String sibling) {
        return new Halt(
                Outcome.CANCELLATION,
                Cause.FAIL_FAST,
                "Its sibling '%s' went bad.".formatted(sibling));
    }

    /// Whether something outside the step has stopped it; then it is never tried again.
    static boolean reached(StepState state) {
        return state.phase() == StepPhase.CANCELLING && !state.cause().equals(Cause.TIMEOUT);
    }

    /// What a stopped leaf's node is told.
    static Action.Reason reason(StepState state) {
        return switch (state.cause()) {
            case Cause.TIMEOUT, Cause.OUTER_TIMEOUT -> Action.Reason.TIMEOUT;
            case Cause.FAIL_FAST -> Action.Reason.FAIL_FAST;
            default -> Action.Reason.CANCEL;
        };
    }

    private static String cancelMessage(String by, String reason) {
        String who = by.isBlank() ? "Cancelled" : "Cancelled by " + by;
        return reason.isBlank() ? who + "." : who + ": " + reason;
    }
}
