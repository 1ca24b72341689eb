package dev.millwright.server.run;

import dev.millwright.model.RunId;
import java.util.LinkedHashSet;
import java.util.Optional;

/// The runs that have leaves without a slot, in the order in which they asked. Runs take turns: a
/// run that got a slot and wants more goes to the end.
///
/// Called from any thread.
final class WaitingRuns {
    private final LinkedHashSet<RunId> order = new LinkedHashSet<>();

    synchronized void add(RunId run) {
        order.add(run);
    }

    synchronized void remove(RunId run) {
        order.remove(run);
    }

    synchronized Optional<RunId> takeFirst() {
        return order.isEmpty() ? Optional.empty() : Optional.of(order.removeFirst());
    }

    synchronized boolean isEmpty() {
        return order.isEmpty();
    }
}
