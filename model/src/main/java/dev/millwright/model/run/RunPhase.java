package dev.millwright.model.run;

/// How far a run has come.
public enum RunPhase {
    /// Waits for an older run of its concurrency group.
    BLOCKED,
    RUNNING,
    CANCELLING,
    FINISHED
}
