package dev.millwright.server.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/// Make UUIDv7 ids: each is greater than the one before, so that they sort by the time of their
/// creation even within one millisecond.
///
/// Called from any thread. Ids stay in order when the clock is set back.
public final class TimeOrderedIds {
    private static final int COUNTER_BITS = 12;
    private static final long COUNTER_MASK = (1L << COUNTER_BITS) - 1;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    /// Milliseconds and a 12-bit counter below them.
    private long last;

    public TimeOrderedIds(InstantSource clock) {
        this.clock = clock;
    }

    public UUID next() {
        long tick = nextTick();
        long high = (tick >>> COUNTER_BITS) << 16 | 0x7000L | (tick & COUNTER_MASK);
        long low = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private synchronized long nextTick() {
        // A random start within the millisecond keeps ids of several servers apart in order too
        long now = clock.millis() << COUNTER_BITS | random.nextInt(1 << (COUNTER_BITS - 2));
        last = now > last ? now : last + 1;
        return last;
    }
}
