package dev.millwright.node;

import dev.millwright.model.log.LogPosition;

/// The answer to a [Known] attempt.
public sealed interface Settlement {
    /// Go on: follow the process if it is alive, report the log from the position on, then the end.
    record Continue(LogPosition position) implements Settlement {}

    /// All is stored, or nothing is wanted: delete what is left. A living process is killed.
    record Forget() implements Settlement {}

    /// Somebody else has the step now: kill the process tree and report nothing.
    record Fenced() implements Settlement {}
}
