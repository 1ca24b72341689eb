package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what was said to a node.
public final class FakeLine implements NodeLine {
    public final List<Assignment> started = new CopyOnWriteArrayList<>();
    public final List<AttemptId> stopped = new CopyOnWriteArrayList<>();
    public final List<RunId> forgotten = new CopyOnWriteArrayList<>();
    public final List<Dismissal> dismissed = new CopyOnWriteArrayList<>();

    @Override
    public void start(Assignment assignment) {
        started.add(assignment);
    }

    @Override
    public void stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        stopped.add(attempt);
    }

    @Override
    public void forgetRun(RunId run) {
        forgotten.add(run);
    }

    @Override
    public void dismiss(Dismissal cause, String why) {
        dismissed.add(cause);
    }
}
