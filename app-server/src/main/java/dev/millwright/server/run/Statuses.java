package dev.millwright.server.run;

import dev.millwright.model.plan.Step;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepState;
import java.util.Locale;

/// The one word that lists and events show for a state.
final class Statuses {
    private Statuses() {}

    static String of(Step step, StepState state) {
        return switch (state.phase()) {
            case PENDING, QUEUED, BLOCKED, RUNNING, CANCELLING ->
                    state.phase().name().toLowerCase(Locale.ROOT);
            case DELAYED -> "blocked";
            case FINISHED -> finished(step, state.outcome().orElse(Outcome.ERROR));
        };
    }

    private static String finished(Step step, Outcome outcome) {
        if (outcome.isBad() && step.options().allowFailure()) {
            return "warning";
        }
        return word(outcome);
    }

    static String of(RunRecord run) {
        return switch (run.phase()) {
            case RUNNING -> run.isHeld() ? "blocked" : "running";
            case BLOCKED, CANCELLING -> run.phase().name().toLowerCase(Locale.ROOT);
            case FINISHED -> word(run.outcome().orElse(Outcome.ERROR));
        };
    }

    static String word(Outcome outcome) {
        return switch (outcome) {
            case CANCELLATION -> "cancelled";
            case SKIP -> "skipped";
            case SUCCESS, FAILURE, TIMEOUT, ERROR -> outcome.word();
        };
    }
}
