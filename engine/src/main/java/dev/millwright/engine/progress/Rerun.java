package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunState;
import java.util.Optional;

/// Make the first state of a run that repeats another one with the same plan.
public final class Rerun {
    private Rerun() {}

    /// The state to begin with. Steps that are not run again are finished and carried.
    ///
    /// @param from the step to begin at, needed by [RerunMode#FROM] and only by it
    public static RunState initial(
            Plan plan, RunState previous, RerunMode mode, Optional<StepPath> from) {
        throw new UnsupportedOperationException("not yet");
    }
}
