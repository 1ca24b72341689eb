package dev.millwright.engine.progress;

/// Which steps a rerun runs again.
public enum RerunMode {
    /// Every step.
    ALL,
    /// The steps that did not succeed, with the setup and teardown of their groups.
    FAILED,
    /// One step and everything after it in the order of the plan.
    FROM
}
