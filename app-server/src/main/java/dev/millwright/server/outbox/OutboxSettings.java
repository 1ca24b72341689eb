package dev.millwright.server.outbox;

import java.time.Duration;

/// How the outbox goes about it.
///
/// @param atOnce how many runs one channel is told of at the same time
/// @param shortestPause after a first failure; doubled with each further one
/// @param longestPause after many failures of one letter
/// @param probe the longest pause between two tries while a channel fails at everything
/// @param look how often it is looked for what is due and for channels that other servers know of
/// @param clean how often it is looked for what waits for too long
public record OutboxSettings(
        int atOnce,
        Duration shortestPause,
        Duration longestPause,
        Duration probe,
        Duration look,
        Duration clean) {
    public static final OutboxSettings DEFAULT =
            new OutboxSettings(
                    4,
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10));

    /// The pause after that many failures in a row.
    Duration pause(int failures) {
        return shorter(
                shortestPause.multipliedBy(1L << Math.clamp(failures - 1, 0, 20)), longestPause);
    }

    /// The pause of the whole channel after that many failures in a row.
    Duration probing(int failures) {
        return shorter(pause(failures), probe);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
