package dev.millwright.cli.local;

import dev.millwright.cli.tree.Notes;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes the first state of a run in which one step is carried out, with the setup and teardown of
/// the groups around it, and nothing else. Pure.
final class StepSelection {
    private static final StepState LEFT_OUT =
            new StepState(
                    StepPhase.FINISHED,
                    Outcome.SKIP,
                    0,
                    null,
                    null,
                    null,
                    Notes.NOT_SELECTED,
                    "",
                    null,
                    Map.of(),
                    true);

    private StepSelection() {}

    static RunState only(Plan plan, StepPath wanted) {
        plan.indexOf(wanted);
        List<StepState> states = new ArrayList<>();
        for (Step step : plan.steps()) {
            states.add(isIn(plan, step, wanted) ? StepState.PENDING : LEFT_OUT);
        }
        return new RunState(RunPhase.RUNNING, null, states);
    }

    private static boolean isIn(Plan plan, Step step, StepPath wanted) {
        if (step.path().isWithin(wanted) || wanted.isWithin(step.path())) {
            return true;
        }
        // Setup, ensure and teardown of an enclosing group, and all that lies inside of those.
        int index = plan.indexOf(step.path());
        while (index > 0) {
            Step at = plan.step(index);
            Step group = plan.step(plan.parentOf(index));
            if (wanted.isWithin(group.path())) {
                return switch (at.options().role()) {
                    case SETUP, ENSURE, TEARDOWN -> true;
                    case BODY -> false;
                };
            }
            index = plan.parentOf(index);
        }
        return false;
    }
}
