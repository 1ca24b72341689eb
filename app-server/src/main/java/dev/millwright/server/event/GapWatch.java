package dev.millwright.server.event;

import dev.millwright.model.event.Event;
import java.time.Duration;
import java.util.List;

/// Decide how long a missing place in the journal is waited for: places are given out before the
/// commit, so an event with a lower place may appear after one with a higher.
///
/// Used by one thread, the reader of the feed.
final class GapWatch {
    /// A transaction may have its place a moment before the database counts it as one that writes.
    private static final Duration LEAST = Duration.ofMillis(100);

    /// Whatever the database says, nobody waits longer.
    private static final Duration MOST = Duration.ofSeconds(2);

    private final boolean inOrder;
    private long gapAfter = -1;
    private long since;
    private long endedBefore;
    private boolean isSeen;
    private boolean isFinal;

    /// @param inOrder whether events appear in the order of their places anyway
    GapWatch(boolean inOrder) {
        this.inOrder = inOrder;
    }

    boolean isWaiting() {
        return gapAfter >= 0;
    }

    /// Whether the writers that may fill the gap are known.
    boolean isSeen() {
        return isSeen;
    }

    void look(EventDao.Writers writers) {
        if (!isSeen) {
            isSeen = true;
            endedBefore = writers.next();
        }
        long waited = System.nanoTime() - since;
        isFinal =
                waited > MOST.toNanos()
                        || (waited > LEAST.toNanos() && writers.oldest() >= endedBefore);
    }

    /// How many of these events, which come after that place, may be handed out.
    int countReadable(long after, List<Event> events) {
        if (inOrder) {
            return events.size();
        }
        long last = after;
        for (int i = 0; i < events.size(); i++) {
            long seq = events.get(i).seq();
            if (seq != last + 1 && !(isFinal && gapAfter == last)) {
                waitFor(last);
                return i;
            }
            last = seq;
        }
        forget();
        return events.size();
    }

    private void waitFor(long after) {
        if (gapAfter != after) {
            gapAfter = after;
            since = System.nanoTime();
            isSeen = false;
            isFinal = false;
        }
    }

    private void forget() {
        gapAfter = -1;
        isSeen = false;
        isFinal = false;
    }
}
