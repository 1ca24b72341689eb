package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.util.List;

/// A run with all there is to know about it.
///
/// @param attempts every attempt of every leaf, oldest first
public record RunView(RunRecord record, Plan plan, RunState state, List<AttemptRecord> attempts) {
    public RunView {
        attempts = List.copyOf(attempts);
    }

    /// The same with other states of its steps, in plan order.
    RunView with(List<StepState> steps) {
        return new RunView(
                record, plan, new RunState(state.phase(), state.outcomeOrNull(), steps), attempts);
    }
}
