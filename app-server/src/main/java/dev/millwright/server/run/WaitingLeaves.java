package dev.millwright.server.run;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.placement.Placement;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.node.Fleet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What leaves wait for at one moment that have to be given to a node; what is stored about them
/// does not change with the nodes. Used by one thread.
final class WaitingLeaves {
    private final Fleet fleet;
    private final List<NodeOffer> nodes;
    private final Map<Placement.Demand, Placement.Wait> waits = new HashMap<>();

    /// @param busy slots in use by node
    WaitingLeaves(Fleet fleet, Map<String, Integer> busy) {
        this.fleet = fleet;
        this.nodes = fleet.allOffers(busy);
    }

    /// Nodes could take what waits for a secret, and that is not what it waits for.
    static boolean isOne(Step step, StepState state) {
        return state.phase() == StepPhase.QUEUED
                && step instanceof Step.Run
                && !state.cause().equals(Advance.NO_SECRET);
    }

    /// What each node says to it.
    List<Placement.Reason> reasons(Step.Run leaf) {
        return Placement.reasons(Advance.demand(leaf), nodes);
    }

    /// The state with what it waits for; as it is when a node could take it at once.
    ///
    /// Its cause is [StepState#BUSY] while a node takes it as soon as a slot is free there, else
    /// [StepState#NODE].
    StepState now(Step.Run leaf, StepState state) {
        Placement.Demand demand = Advance.demand(leaf);
        if (nodes.stream().anyMatch(node -> Placement.isFree(demand, node))) {
            return state;
        }
        String cause = wait(leaf).forSlot() ? StepState.BUSY : StepState.NODE;
        return state.withReason(
                state.cause().isEmpty() ? cause : state.cause(), message(leaf, state));
    }

    private String message(Step.Run leaf, StepState state) {
        if (state.cause().equals(StepState.NO_NODE)) {
            // Nodes may have come and gone since it was written down
            return fleet.obstacle(Advance.demand(leaf))
                    .map(now -> Advance.withHint(now, leaf.runner()))
                    .orElse(state.message());
        }
        String now = wait(leaf).message();
        return state.message().isEmpty() || now.isEmpty()
                ? state.message() + now
                : state.message() + " " + now;
    }

    private Placement.Wait wait(Step.Run leaf) {
        return waits.computeIfAbsent(
                Advance.demand(leaf), demand -> Placement.waiting(demand, nodes));
    }
}
