package dev.millwright.server.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Bounds how often one address may try to join, so that nobody guesses tokens. Any thread.
final class JoinRate {
    /// Tries of one address within [#WINDOW].
    static final int TRIES = 30;

    private static final long WINDOW = 60_000_000_000L;
    // Beyond, the address is forgotten that has not tried for the longest time
    private static final int ADDRESSES = 4096;

    private final LongSupplier nanos;
    private final Map<String, Deque<Long>> tries =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Deque<Long>> eldest) {
                    return size() > ADDRESSES;
                }
            };

    /// @param nanos a clock that nobody sets, such as [System#nanoTime()]
    JoinRate(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Count a try, and say whether it may be made.
    synchronized boolean admits(String address) {
        long now = nanos.getAsLong();
        Deque<Long> recent = tries.computeIfAbsent(address, _ -> new ArrayDeque<>());
        while (!recent.isEmpty() && now - recent.getFirst() >= WINDOW) {
            var _ = recent.removeFirst();
        }
        if (recent.size() >= TRIES) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
