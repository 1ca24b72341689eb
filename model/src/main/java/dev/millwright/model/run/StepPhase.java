package dev.millwright.model.run;

/// How far a step has come. [Outcome] says how it ended once it is `FINISHED`.
public enum StepPhase {
    /// Its turn has not come.
    PENDING,
    /// Its turn has come; it waits for a retry delay to pass.
    DELAYED,
    /// A leaf that may start as soon as a node takes it.
    QUEUED,
    /// Waits for something outside: an approval, or time to pass.
    BLOCKED,
    RUNNING,
    /// Has been told to stop and has not stopped yet.
    CANCELLING,
    FINISHED;

    public boolean isActive() {
        return this != PENDING && this != FINISHED;
    }
}
