package dev.millwright.engine.placement;

import java.util.Comparator;
import java.util.List;

/// Which of several nodes that could take a step is the best. Pure; any thread.
public interface Strategy {
    /// Order the nodes, the best first; nodes that are equally good compare as equal.
    ///
    /// @param all the nodes that could take the step, by their names
    /// @param turn grows with each placement
    Comparator<NodeOffer> order(List<NodeOffer> all, long turn);

    /// This one, and the other one where this one cannot tell.
    default Strategy then(Strategy other) {
        return (all, turn) -> order(all, turn).thenComparing(other.order(all, turn));
    }
}
