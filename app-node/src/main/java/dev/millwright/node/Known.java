package dev.millwright.node;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;

/// What a node knows about an attempt that it was given and that is not settled.
public record Known(AttemptId attempt, long fence, RunId run, StepPath path, State state) {
    public static Known of(Assignment assignment, State state) {
        return new Known(
                assignment.attempt(),
                assignment.fence(),
                assignment.run(),
                assignment.path(),
                state);
    }

    /// Answer with [Settlement.Continue] in all cases but `NEVER_STARTED`, unless the attempt is no
    /// longer wanted.
    public enum State {
        /// Its process is alive.
        RUNNING,
        /// It ended; log and end may not have been reported in full.
        ENDED,
        /// It is proven that no process of it was ever started.
        NEVER_STARTED,
        /// It may have been started and nobody can tell how it ended.
        LOST
    }
}
