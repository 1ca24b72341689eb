package dev.millwright.engine.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The strategies there are. Pure; any thread.
public final class Strategies {
    /// Nodes that already hold the repository first: nothing has to be cloned there.
    public static final Strategy WARM_FIRST =
            (_, _) -> Comparator.comparing((NodeOffer node) -> !node.warm());

    /// The node with the smallest part of its slots in use first.
    public static final Strategy LEAST_LOADED =
            (_, _) -> Comparator.comparingDouble(NodeOffer::load);

    /// One after the other, by their names.
    public static final Strategy IN_TURN = Strategies::inTurn;

    /// Warm, then least loaded, then in turn.
    public static final Strategy USUAL = WARM_FIRST.then(LEAST_LOADED).then(IN_TURN);

    private Strategies() {}

    private static Comparator<NodeOffer> inTurn(List<NodeOffer> all, long turn) {
        List<String> names = all.stream().map(NodeOffer::name).sorted().toList();
        int first = names.isEmpty() ? 0 : Math.floorMod(turn, names.size());
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), Math.floorMod(i - first, names.size()));
        }
        return Comparator.comparingInt(node -> places.getOrDefault(node.name(), 0));
    }
}
