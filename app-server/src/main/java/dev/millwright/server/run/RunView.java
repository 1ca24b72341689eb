package dev.millwright.server.run;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;
import java.util.List;

/// A run with all there is to know about it.
///
/// @param attempts every attempt of every leaf, oldest first
public record RunView(RunRecord record, Plan plan, RunState state, List<AttemptRecord> attempts) {
    public RunView {
        attempts = List.copyOf(attempts);
    }
}
