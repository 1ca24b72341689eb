package dev.millwright.server.run;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.node.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has to be done outside the database once a decision is stored. Filled by one thread.
final class Effects {
    final List<Assignment> starts = new ArrayList<>();
    final List<StopOrder> stops = new ArrayList<>();
    boolean wantsSlot;
    boolean finished;
    @Nullable Instant wakeAt;

    /// Stop a live attempt.
    record StopOrder(AttemptId attempt, Action.Reason reason) {}
}
