package dev.millwright.server.queue;

import java.time.Duration;

/// Say how the queue works.
///
/// @param workers how many wake-ups are handled at once, at most
/// @param poll how often the queue looks by itself, at least 5 seconds; nudges are what makes it
///   quick
/// @param sweep how often the handler is asked to look for forgotten work
/// @param keepSucceeded how long handled wake-ups stay visible
public record QueueSettings(int workers, Duration poll, Duration sweep, Duration keepSucceeded) {
    public static final Duration SHORTEST_POLL = Duration.ofSeconds(5);

    public static final QueueSettings DEFAULT =
            new QueueSettings(
                    16, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(10));

    public QueueSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("the queue needs a worker, not " + workers);
        }
        if (poll.compareTo(SHORTEST_POLL) < 0) {
            throw new IllegalArgumentException("the queue polls every 5 seconds at most: " + poll);
        }
    }

    public QueueSettings withWorkers(int count) {
        return new QueueSettings(count, poll, sweep, keepSucceeded);
    }
}
