package dev.millwright.server.node;

import dev.millwright.model.AttemptId;
import java.util.HashSet;
import java.util.Set;

/// Counts the attempts that are under way on a node. Called from any thread.
final class Slots {
    private final int total;
    private final Set<AttemptId> taken = new HashSet<>();

    Slots(int total) {
        this.total = total;
    }

    int total() {
        return total;
    }

    synchronized int used() {
        return taken.size();
    }

    synchronized boolean take(AttemptId attempt) {
        if (taken.size() >= total) {
            return false;
        }
        taken.add(attempt);
        return true;
    }

    /// Count an attempt that is under way already, even above the total.
    synchronized void occupy(AttemptId attempt) {
        taken.add(attempt);
    }

    synchronized void release(AttemptId attempt) {
        taken.remove(attempt);
    }
}
