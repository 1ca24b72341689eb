package dev.millwright.engine.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides which node takes a step, and says for each node why it does not. Pure; any thread.
public final class Placement {
    private static final int TOLD = 3;
    private static final Comparator<NodeOffer> BY_NAME = Comparator.comparing(NodeOffer::name);

    private Placement() {}

    /// What a step asks for.
    ///
    /// @param runner kind of its runner
    public record Demand(String runner, List<Need> needs) {
        public Demand {
            needs = List.copyOf(needs);
        }

        /// What a property has to be; empty when more than one value will do.
        public Optional<String> value(String property) {
            return needs.stream()
                    .filter(need -> need.property().equals(property))
                    .filter(need -> need.operator() == Need.Operator.EQUAL)
                    .map(Need::operand)
                    .findFirst();
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
        // Sentences are made only when there is something to say: this is asked a million times
        // when each of a thousand nodes gets a step
        List<NodeOffer> fitting = nodes.stream().filter(node -> fits(demand, node)).toList();
        List<NodeOffer> free = fitting.stream().filter(Placement::isFree).toList();
        Optional<NodeOffer> best =
                free.stream().min(strategy.order(List.copyOf(free), turn).thenComparing(BY_NAME));
        if (best.isPresent()) {
            return new Chosen(best.get().name());
        }
        return fitting.isEmpty()
                ? new Nowhere(nowhere(demand, nodes))
                : new Busy(told(fitting.size(), someReasons(demand, fitting)));
    }

    private static boolean fits(Demand demand, NodeOffer node) {
        return node.runners().contains(demand.runner())
                && demand.needs().stream().allMatch(need -> need.isMet(node.properties()));
    }

    private static boolean isFree(NodeOffer node) {
        return takesWork(node) && node.busy() < node.slots();
    }

    /// Whether it takes a leaf as soon as it has a free slot.
    private static boolean takesWork(NodeOffer node) {
        return node.standing() == NodeOffer.Standing.ONLINE && node.refusal().isEmpty();
    }

    /// Whether the node could take a leaf now.
    public static boolean isFree(Demand demand, NodeOffer node) {
        return fits(demand, node) && isFree(node);
    }

    /// What each node says, in their order.
    public static List<Reason> reasons(Demand demand, List<NodeOffer> nodes) {
        return nodes.stream().map(node -> reason(demand, node)).toList();
    }

    private static Reason reason(Demand demand, NodeOffer node) {
        if (!node.runners().contains(demand.runner())) {
            return unfit(node, notOffered(demand.runner(), node));
        }
        List<String> missing =
                demand.needs().stream()
                        .flatMap(need -> need.missing(node.properties()).stream())
                        .toList();
        if (!missing.isEmpty()) {
            return unfit(node, "the step " + String.join("; it ", missing));
        }
        return switch (node.standing()) {
            case ONLINE -> online(node);
            case ELSEWHERE -> away(node, "it takes its work from another server");
            case SUSPECT -> away(node, "it has not been heard of for a moment");
            case UNREACHABLE -> away(node, "it is unreachable");
            case DRAINING ->
                    away(
                            node,
                            "it is draining and takes nothing new until 'millwright node resume NAME'");
            case OFFLINE -> away(node, "it is offline");
        };
    }

    private static String notOffered(String runner, NodeOffer node) {
        String why = node.missing().get(runner);
        return why == null
                ? "it does not offer runner '%s'".formatted(runner)
                : "it cannot use runner '%s': %s".formatted(runner, why);
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

    /// What a step waits for.
    ///
    /// @param forSlot whether a node takes it as soon as a slot is free there
    /// @param message one sentence for people: what the nodes say that could take the step, if any
    public record Wait(boolean forSlot, String message) {}

    /// Put together what the nodes say, in their order.
    public static Wait waiting(Demand demand, List<NodeOffer> nodes) {
        List<NodeOffer> fitting = nodes.stream().filter(node -> fits(demand, node)).toList();
        boolean forSlot = fitting.stream().anyMatch(Placement::takesWork);
        if (nodes.size() == 1) {
            return new Wait(forSlot, reason(demand, nodes.getFirst()).message());
        }
        List<NodeOffer> said = fitting.isEmpty() ? nodes : fitting;
        List<Reason> first = reasons(demand, said.subList(0, Math.min(TOLD, said.size())));
        return new Wait(forSlot, told(said.size(), first));
    }

    /// What is said where no node has even heard of a runner.
    public static String noRunner(String runner) {
        return "no node offers runner '%s'".formatted(runner);
    }

    private static String nowhere(Demand demand, List<NodeOffer> nodes) {
        boolean offered = nodes.stream().anyMatch(node -> node.runners().contains(demand.runner()));
        if (offered) {
            return "no node fits: " + told(nodes.size(), someReasons(demand, nodes));
        }
        List<NodeOffer> known =
                nodes.stream().filter(node -> node.missing().containsKey(demand.runner())).toList();
        String nobody = noRunner(demand.runner());
        return known.isEmpty()
                ? nobody
                : nobody + ": " + told(known.size(), someReasons(demand, known));
    }

    private static List<Reason> someReasons(Demand demand, List<NodeOffer> nodes) {
        return reasons(demand, nodes.stream().sorted(BY_NAME).limit(TOLD).toList());
    }

    /// @param count of all, of which only the first few say something
    private static String told(int count, List<Reason> first) {
        Map<String, List<String>> saying = new LinkedHashMap<>();
        first.forEach(it ->
                saying.computeIfAbsent(it.message(), _ -> new ArrayList<>())
                        .add("'" + it.node() + "'"));
        List<String> told = new ArrayList<>();
        saying.forEach((message, names) -> told.add(names(names) + ": " + message));
        if (count > first.size()) {
            told.add("and %d more".formatted(count - first.size()));
        }
        return String.join("; ", told);
    }

    private static String names(List<String> names) {
        int last = names.size() - 1;
        return last == 0
                ? "node " + names.getFirst()
                : "nodes %s and %s"
                        .formatted(String.join(", ", names.subList(0, last)), names.get(last));
    }
}
