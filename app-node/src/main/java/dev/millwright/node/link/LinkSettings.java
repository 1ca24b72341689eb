package dev.millwright.node.link;

import java.time.Duration;

/// How patient a node is with its servers.
///
/// @param connectTimeout for one connection
/// @param silence without an answer after which a connection is given up
/// @param firstPause the longest pause after the first failure; it doubles with each further one
/// @param longestPause up to here
/// @param renewalPause between tries to renew the certificate
/// @param farewell how long the last message may take to leave
public record LinkSettings(
        Duration connectTimeout,
        Duration silence,
        Duration firstPause,
        Duration longestPause,
        Duration renewalPause,
        Duration farewell) {
    public static final LinkSettings DEFAULT =
            new LinkSettings(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(500),
                    // A server that is back within seconds finds its nodes before it takes them
                    // for silent
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(1));

    /// The same, giving a connection up after another time.
    public LinkSettings withSilence(Duration time) {
        return new LinkSettings(
                connectTimeout, time, firstPause, longestPause, renewalPause, farewell);
    }

    /// The same, trying again after at most another time.
    public LinkSettings withLongestPause(Duration time) {
        Duration first = firstPause.compareTo(time) < 0 ? firstPause : time;
        return new LinkSettings(connectTimeout, silence, first, time, renewalPause, farewell);
    }
}
