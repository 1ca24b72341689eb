package dev.millwright.engine.progress;

import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;

/// What the caller has to do after it stored a [Decision]. Each action may be carried out more than
/// once with the same effect.
public sealed interface Action {
    /// Find a node for the leaf's attempt and start it there. It takes the place of an earlier
    /// attempt of the same leaf that no node has taken yet.
    record Start(StepPath path, int attempt) implements Action {}

    /// Stop a live attempt: TERM, grace, KILL. Its end is reported as [Signal.Ended].
    record Stop(StepPath path, int attempt, Reason reason) implements Action {}

    /// Tell people that an approval is wanted.
    record AskApproval(StepPath path) implements Action {}

    /// The run is over.
    record Finish(Outcome outcome) implements Action {}

    /// Why an attempt is stopped.
    enum Reason {
        CANCEL,
        TIMEOUT,
        FAIL_FAST
    }
}
