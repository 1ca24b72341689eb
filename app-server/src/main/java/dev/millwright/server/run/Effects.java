package dev.millwright.server.run;

import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.plan.Step;
import dev.millwright.node.Assignment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What has to be done outside the database once a decision is stored. Filled by one thread.
final class Effects {
    final List<StartOrder> starts = new ArrayList<>();
    final List<StopOrder> stops = new ArrayList<>();

    /// What leaves that may start are waiting for.
    final Set<Placement.Demand> waitsFor = new LinkedHashSet<>();

    /// Leaves of which the secrets are being looked up.
    final List<Step> awaitsSecrets = new ArrayList<>();

    boolean finished;
    @Nullable Instant wakeAt;

    /// Hand an attempt to its node.
    record StartOrder(NodeName node, Assignment assignment) {}

    /// Stop a live attempt.
    record StopOrder(NodeName node, AttemptId attempt, Action.Reason reason) {}
}
