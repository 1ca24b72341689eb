package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;

/// The approval that the planner puts before everything else, for the change of somebody who may
/// not write to the repository. Pure.
final class ApprovalOfForks {
    private static final int POSITION = 1;

    private ApprovalOfForks() {}

    /// What the run waits for; empty when it needs no such approval, or has its answer.
    static String waiting(Plan plan, RunState state) {
        boolean stranger = plan.head().change().filter(change -> !change.trusted()).isPresent();
        return stranger
                        && plan.size() > POSITION
                        && plan.step(POSITION) instanceof Step.Approve
                        && state.step(POSITION).phase() == StepPhase.BLOCKED
                ? state.step(POSITION).message()
                : "";
    }
}
