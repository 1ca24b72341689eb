package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;

/// Tells in one sentence why a run ended as it did.
final class Verdicts {
    private Verdicts() {}

    /// Empty for a success; else the worst leaf, the first of several.
    static String of(Plan plan, RunState state) {
        Outcome outcome = state.outcome().orElse(Outcome.SUCCESS);
        if (!outcome.isBad()) {
            return "";
        }
        for (int i = 0; i < plan.size(); i++) {
            StepState step = state.step(i);
            if (plan.step(i) instanceof Step.Leaf
                    && step.outcome().filter(outcome::equals).isPresent()
                    && !isAllowed(plan, i)) {
                String why = step.message().isEmpty() ? step.cause() : step.message();
                return "step '%s' (%s): %s"
                        .formatted(plan.step(i).name(), plan.step(i).path().value(), why);
            }
        }
        return state.step(0).message();
    }

    /// Whether the step or a group around it may fail.
    private static boolean isAllowed(Plan plan, int position) {
        for (int i = position; i >= 0; i = plan.parentOf(i)) {
            if (plan.step(i).options().allowFailure()) {
                return true;
            }
        }
        return false;
    }
}
