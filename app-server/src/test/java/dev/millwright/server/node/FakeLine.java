package dev.millwright.server.node;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Remembers what was said to a node.
public final class FakeLine implements NodeLine {
    public final List<Assignment> started = new CopyOnWriteArrayList<>();
    public final List<AttemptId> stopped = new CopyOnWriteArrayList<>();
    public final List<RunId> forgotten = new CopyOnWriteArrayList<>();
    public final List<Dismissal> dismissed = new CopyOnWriteArrayList<>();

    /// Why nothing can be handed over; empty when it can.
    public volatile String broken = "";

    /// What only the next hand-over ends with; null when it is taken.
    public volatile @Nullable NodeException refusedOnce;

    @Override
    public void start(Assignment assignment) {
        if (!broken.isEmpty()) {
            throw new NodeException(broken);
        }
        NodeException refused = refusedOnce;
        if (refused != null) {
            refusedOnce = null;
            throw refused;
        }
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
