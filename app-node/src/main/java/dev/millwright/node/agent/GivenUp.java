package dev.millwright.node.agent;

import dev.millwright.model.AttemptId;
import java.util.LinkedHashMap;
import java.util.Map;

/// Attempts that come too late, if they come at all; the oldest are forgotten. Called from any
/// thread.
final class GivenUp {
    private static final int MOST = 10_000;

    private final Map<AttemptId, Boolean> attempts =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<AttemptId, Boolean> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void add(AttemptId attempt) {
        attempts.put(attempt, true);
    }

    synchronized boolean has(AttemptId attempt) {
        return attempts.containsKey(attempt);
    }
}
