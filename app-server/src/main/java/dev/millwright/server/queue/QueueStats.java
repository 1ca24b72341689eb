package dev.millwright.server.queue;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Count what is in the queue.
///
/// @param running whether this server takes wake-ups
/// @param workers how many wake-ups this server handles at once, at most
/// @param busy how many it handles now
/// @param servers how many servers take wake-ups from this queue
/// @param oldestWaitingOrNull since when the longest waiting one waits
public record QueueStats(
        boolean running,
        int workers,
        int busy,
        int servers,
        long enqueued,
        long scheduled,
        long processing,
        long failed,
        long succeeded,
        @Nullable Instant oldestWaitingOrNull) {
    public Optional<Instant> oldestWaiting() {
        return Optional.ofNullable(oldestWaitingOrNull);
    }
}
