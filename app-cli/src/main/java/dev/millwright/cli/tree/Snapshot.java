package dev.millwright.cli.tree;

import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.model.plan.StepPath;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A run with all its steps at one moment.
///
/// @param title such as `web #12`
/// @param detail what it works on, such as `push main 3f2a9c1 "Fix the build"`; may be empty
/// @param message why the run waits or how it ended; may be empty
/// @param steps in plan order, the root first
/// @param elapsed since the run was started, at that moment
/// @param takenAt the moment, by [System#nanoTime()]
/// @param results inside steps, as far as somebody asked for them, by the path of the step
public record Snapshot(
        String title,
        String detail,
        String message,
        Status status,
        List<StepView> steps,
        Duration elapsed,
        long takenAt,
        Map<StepPath, List<ResultView>> results) {
    public Snapshot {
        steps = List.copyOf(steps);
        results = Map.copyOf(results);
    }

    /// Without results inside steps.
    public Snapshot(
            String title,
            String detail,
            String message,
            Status status,
            List<StepView> steps,
            Duration elapsed,
            long takenAt) {
        this(title, detail, message, status, steps, elapsed, takenAt, Map.of());
    }

    /// The same with what is inside its steps.
    public Snapshot with(Map<StepPath, List<ResultView>> inside) {
        return new Snapshot(title, detail, message, status, steps, elapsed, takenAt, inside);
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
