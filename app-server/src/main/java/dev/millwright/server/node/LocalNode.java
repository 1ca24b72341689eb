package dev.millwright.server.node;

import dev.millwright.engine.placement.Need;
import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.placement.Strategies;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Step;
import dev.millwright.node.Assignment;
import dev.millwright.node.BasicFacts;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.git.GitCache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The node that lives inside the server: the node agent as a library, and the count of its slots.
///
/// Called from any thread.
public final class LocalNode implements AutoCloseable {
    private final NodeAgent agent;
    private final Slots slots;
    private final Map<String, String> labels;
    private volatile boolean draining;

    private LocalNode(NodeAgent agent, Slots slots, Map<String, String> labels) {
        this.agent = agent;
        this.slots = slots;
        this.labels = labels;
    }

    /// Wrap an agent.
    ///
    /// @param slots how many attempts may be under way at once
    /// @param labels what the administrator says about this machine; the [BasicFacts] and `node`
    ///   are added
    public static LocalNode create(NodeAgent agent, int slots, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.putIfAbsent("node", NodeName.LOCAL.value());
        BasicFacts.ofThisMachine().forEach(all::putIfAbsent);
        return new LocalNode(agent, new Slots(slots), Map.copyOf(all));
    }

    public NodeName name() {
        return NodeName.LOCAL;
    }

    public Map<String, String> labels() {
        return labels;
    }

    public List<String> runners() {
        return agent.runnerKinds().stream().sorted().toList();
    }

    public int slots() {
        return slots.total();
    }

    public int busy() {
        return slots.used();
    }

    /// Whether it takes nothing new.
    public boolean isDraining() {
        return draining;
    }

    void drain(boolean wanted) {
        draining = wanted;
    }

    /// Ask for a slot for an attempt of the leaf.
    public Offer offer(Step.Run step, AttemptId attempt) {
        return switch (Placement.choose(demand(step), offered(), Strategies.USUAL, 0)) {
            case Placement.Chosen _ ->
                    slots.take(attempt)
                            ? new Offer.Taken()
                            : new Offer.Busy("its last slot was just taken");
            case Placement.Busy(String message) -> new Offer.Busy(message);
            case Placement.Nowhere(String message) -> new Offer.Unfit("no-node", message);
        };
    }

    /// What each node says to the leaf, for explanations.
    public List<Placement.Reason> reasons(Step.Run step) {
        return Placement.reasons(demand(step), offered());
    }

    private static Placement.Demand demand(Step.Run step) {
        return new Placement.Demand(step.runner(), Need.all(step.options().needs()));
    }

    private List<NodeOffer> offered() {
        return List.of(
                new NodeOffer(
                        name().value(),
                        draining ? NodeOffer.Standing.DRAINING : NodeOffer.Standing.ONLINE,
                        labels,
                        agent.runnerKinds(),
                        slots.total(),
                        slots.used(),
                        false));
    }

    /// Count an attempt that survived a restart of the server.
    public void occupy(AttemptId attempt) {
        slots.occupy(attempt);
    }

    /// Give the attempt's slot back; again does no harm.
    public void release(AttemptId attempt) {
        slots.release(attempt);
    }

    /// Whether another attempt would find a slot.
    public boolean hasFreeSlot() {
        return !draining && slots.used() < slots.total();
    }

    /// The node's copies of repositories.
    public GitCache gitCache() {
        return agent.gitCache();
    }

    /// Whether the node knows nothing of the attempt; then it will not take it any more.
    public boolean refuseUnknown(AttemptId attempt) {
        return agent.refuseUnknown(attempt);
    }

    public void start(Assignment assignment) {
        agent.start(assignment);
    }

    public boolean stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        return agent.stop(attempt, reason, grace);
    }

    public List<Known> hello() {
        return agent.hello();
    }

    public void settle(AttemptId attempt, Settlement settlement) {
        agent.settle(attempt, settlement);
    }

    public void forgetRun(RunId run) {
        agent.forgetRun(run);
    }

    /// Let go of the running steps without ending them.
    @Override
    public void close() {
        agent.close();
    }
}
