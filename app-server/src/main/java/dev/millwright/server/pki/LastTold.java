package dev.millwright.server.pki;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What was told of whom not long ago. Called from any thread.
final class LastTold {
    private static final int MOST = 1_000;

    private final Duration again;
    private final SequencedMap<String, Long> told = new LinkedHashMap<>();

    /// @param again after this time the same may be told once more
    LastTold(Duration again) {
        this.again = again;
    }

    /// Whether it is to be told; then it counts as told.
    synchronized boolean isNew(String whom) {
        long now = System.nanoTime();
        @Nullable Long before = told.get(whom);
        if (before != null && now - before < again.toNanos()) {
            return false;
        }
        told.putLast(whom, now);
        if (told.size() > MOST) {
            told.pollFirstEntry();
        }
        return true;
    }
}
