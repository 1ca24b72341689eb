package dev.millwright.cli.tree;

import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import java.time.Duration;
import java.util.List;

/// A run with all its steps at one moment.
///
/// @param title such as `web #12`
/// @param detail what it works on, such as `push main 3f2a9c1 "Fix the build"`; may be empty
/// @param message why the run waits or how it ended; may be empty
/// @param steps in plan order, the root first
/// @param elapsed since the run was started, at that moment
/// @param takenAt the moment, by [System#nanoTime()]
public record Snapshot(
        String title,
        String detail,
        String message,
        Status status,
        List<StepView> steps,
        Duration elapsed,
        long takenAt) {
    public Snapshot {
        steps = List.copyOf(steps);
    }

    /// How long ago the moment was; nothing goes on in a finished run.
    Duration age() {
        return status.isFinished()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, System.nanoTime() - takenAt));
    }

    /// The leaves: the steps that do work.
    List<StepView> leaves() {
        return steps.stream().filter(StepTree::isLeaf).toList();
    }

    /// The leaves whose bad end matters.
    public List<StepView> failures() {
        return steps.stream()
                .filter(StepTree::isLeaf)
                .filter(step ->
                        switch (step.status()) {
                            case FAILURE, ERROR, TIMEOUT -> true;
                            case PENDING,
                                    BLOCKED,
                                    QUEUED,
                                    RUNNING,
                                    CANCELLING,
                                    SUCCESS,
                                    WARNING,
                                    CANCELLED,
                                    SKIPPED ->
                                    false;
                        })
                .toList();
    }
}
