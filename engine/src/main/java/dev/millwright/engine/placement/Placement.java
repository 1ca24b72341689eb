package dev.millwright.engine.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Decides which node takes a step, and says for each node why it does not. Pure; any thread.
public final class Placement {
    private static final int TOLD = 3;

    private Placement() {}

    /// What a step asks for.
    ///
    /// @param runner kind of its runner
    public record Demand(String runner, List<Need> needs) {
        public Demand {
            needs = List.copyOf(needs);
        }
    }

    /// What one node says to a demand.
    ///
    /// @param fits whether it could take the step, now or as soon as it has a free slot
    /// @param free whether it could take it now
    /// @param message one sentence for people
    public record Reason(String node, boolean fits, boolean free, String message) {}

    /// What becomes of a demand.
    public sealed interface Choice {}

    /// That node takes it.
    public record Chosen(String node) implements Choice {}

    /// There are nodes for it, but none has a free slot.
    public record Busy(String message) implements Choice {}

    /// As they are, no node will ever take it.
    public record Nowhere(String message) implements Choice {}

    /// Decide.
    ///
    /// @param turn grows with each placement, for strategies that go in turn
    public static Choice choose(
            Demand demand, List<NodeOffer> nodes, Strategy strategy, long turn) {
        List<Reason> reasons = reasons(demand, nodes);
        List<NodeOffer> free = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (reasons.get(i).free()) {
                free.add(nodes.get(i));
            }
        }
        Comparator<NodeOffer> byName = Comparator.comparing(NodeOffer::name);
        Optional<NodeOffer> best =
                free.stream().min(strategy.order(List.copyOf(free), turn).thenComparing(byName));
        if (best.isPresent()) {
            return new Chosen(best.get().name());
        }
        List<Reason> fitting = reasons.stream().filter(Reason::fits).toList();
        return fitting.isEmpty()
                ? new Nowhere(nowhere(demand, nodes, reasons))
                : new Busy(told(fitting));
    }

    /// What each node says, in their order.
    public static List<Reason> reasons(Demand demand, List<NodeOffer> nodes) {
        return nodes.stream().map(node -> reason(demand, node)).toList();
    }

    private static Reason reason(Demand demand, NodeOffer node) {
        if (!node.runners().contains(demand.runner())) {
            return unfit(node, "it does not offer runner '%s'".formatted(demand.runner()));
        }
        Optional<String> missing =
                demand.needs().stream()
                        .flatMap(need -> need.missing(node.properties()).stream())
                        .findFirst();
        if (missing.isPresent()) {
            return unfit(node, "the step " + missing.get());
        }
        return switch (node.standing()) {
            case ONLINE -> online(node);
            case ELSEWHERE -> away(node, "it takes its work from another server");
            case SUSPECT -> away(node, "it has not been heard of for a moment");
            case UNREACHABLE -> away(node, "it is unreachable");
            case DRAINING -> away(node, "it is draining and takes nothing new");
            case OFFLINE -> away(node, "it is offline");
        };
    }

    private static Reason online(NodeOffer node) {
        if (!node.refusal().isEmpty()) {
            return away(node, "it takes nothing new: " + node.refusal());
        }
        if (node.busy() < node.slots()) {
            return new Reason(node.name(), true, true, "it can take the step");
        }
        return away(
                node,
                node.slots() == 1
                        ? "its only slot is busy"
                        : "all %d slots are busy".formatted(node.slots()));
    }

    private static Reason unfit(NodeOffer node, String message) {
        return new Reason(node.name(), false, false, message);
    }

    /// It could take the step, but not now.
    private static Reason away(NodeOffer node, String message) {
        return new Reason(node.name(), true, false, message);
    }

    /// What the nodes say, in one sentence for people: those that could take the step, if any.
    public static String summary(List<Reason> reasons) {
        if (reasons.size() == 1) {
            return reasons.getFirst().message();
        }
        List<Reason> fitting = reasons.stream().filter(Reason::fits).toList();
        return told(fitting.isEmpty() ? reasons : fitting);
    }

    private static String nowhere(Demand demand, List<NodeOffer> nodes, List<Reason> reasons) {
        boolean offered = nodes.stream().anyMatch(node -> node.runners().contains(demand.runner()));
        return offered
                ? "no node fits: " + told(reasons)
                : "no node offers runner '%s'".formatted(demand.runner());
    }

    private static String told(List<Reason> reasons) {
        List<String> told = new ArrayList<>();
        for (Reason reason : reasons.subList(0, Math.min(TOLD, reasons.size()))) {
            told.add("node '%s': %s".formatted(reason.node(), reason.message()));
        }
        if (reasons.size() > TOLD) {
            told.add("and %d more".formatted(reasons.size() - TOLD));
        }
        return String.join("; ", told);
    }
}
