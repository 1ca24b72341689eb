package dev.millwright.plugin.export;

import dev.millwright.plugin.Stability;

/// When an exporter is told of a run.
@Stability(Stability.Level.STABLE)
public enum Occasion {
    /// The run exists; it may still wait for its turn.
    RUN_QUEUED,
    /// Its first step begins.
    RUN_STARTED,
    /// A step has its outcome; groups count, too.
    STEP_FINISHED,
    /// The run has its outcome. All logs are stored.
    RUN_FINISHED
}
