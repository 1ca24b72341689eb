package dev.millwright.server.run;

import dev.millwright.engine.placement.Placement;
import dev.millwright.model.RunId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The runs that have leaves without a slot, and what kinds of slots these wait for. The highest
/// priority comes first; of the same priority, pipelines take turns, and within a pipeline runs in
/// the order in which they asked: a run that got a slot and wants more goes to the end.
///
/// Called from any thread.
final class WaitingRuns {
    private final LinkedHashMap<RunId, Waiting> order = new LinkedHashMap<>();

    /// When each pipeline had its last turn.
    private final Map<String, Long> turns = new HashMap<>();

    private long turn;

    private record Waiting(String pipeline, int priority, Set<Placement.Demand> demands) {}

    /// @param pipeline the address of the run's pipeline
    synchronized void add(RunId run, String pipeline, int priority, Set<Placement.Demand> demands) {
        order.remove(run);
        order.put(run, new Waiting(pipeline, priority, Set.copyOf(demands)));
        turns.putIfAbsent(pipeline, 0L);
    }

    synchronized void remove(RunId run) {
        Waiting left = order.remove(run);
        if (left != null
                && order.values().stream().noneMatch(o -> o.pipeline().equals(left.pipeline()))) {
            turns.remove(left.pipeline());
        }
    }

    synchronized boolean contains(RunId run) {
        return order.containsKey(run);
    }

    /// The run whose turn it is; it stays in its place until it is added again or removed.
    ///
    /// @param hasSlot whether there is a slot of that kind
    /// @param except runs that have had their turn
    synchronized Optional<RunId> next(Predicate<Placement.Demand> hasSlot, Set<RunId> except) {
        Map<Placement.Demand, Boolean> free = new HashMap<>();
        return order.entrySet().stream()
                .filter(entry -> !except.contains(entry.getKey()))
                .filter(entry ->
                        entry.getValue().demands().stream()
                                .anyMatch(d -> free.computeIfAbsent(d, hasSlot::test)))
                .min(
                        Comparator.comparing((Map.Entry<RunId, Waiting> entry) ->
                                        -entry.getValue().priority())
                                .thenComparing(entry -> turns.get(entry.getValue().pipeline())))
                .map(Map.Entry::getKey);
    }

    /// The run has had its turn.
    synchronized void served(RunId run) {
        Waiting waiting = order.get(run);
        if (waiting != null) {
            turns.put(waiting.pipeline(), ++turn);
        }
    }
}
