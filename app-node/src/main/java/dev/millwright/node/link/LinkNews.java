package dev.millwright.node.link;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What a node's log says about its connection: one line when it is lost, at most one a minute as
/// long as it is, and one when it is back. What somebody has to mend is said at once, and once. One
/// thread.
final class LinkNews {
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    /// Words that differ each time are no news any more.
    private static final int MOST_TOLD = 100;

    private boolean away;
    private long since;
    private long toldAt;
    private final Set<String> told = new HashSet<>();

    /// A try has failed, or a conversation has ended. What to say; empty when it is no news.
    ///
    /// @param hopeless whether somebody has to do something about it: that is said at once
    /// @param nanos of [System#nanoTime()]
    Optional<String> failed(String words, boolean hopeless, Duration pause, long nanos) {
        boolean first = !away;
        boolean news = hopeless && told.size() < MOST_TOLD && told.add(words);
        if (!first && !news && nanos - toldAt < SILENCE) {
            return Optional.empty();
        }
        if (first) {
            away = true;
            since = nanos;
        }
        toldAt = nanos;
        String next = "%s; trying again in %s".formatted(words, Backoff.words(pause));
        return Optional.of(
                first ? next : "not connected for %s: %s".formatted(words(nanos - since), next));
    }

    /// A server has taken the node in.
    String connected(String server, String node, long nanos) {
        String line = "connected to %s as node '%s'".formatted(server, node);
        String whole = away ? "%s again after %s".formatted(line, words(nanos - since)) : line;
        away = false;
        told.clear();
        return whole;
    }

    private static String words(long nanos) {
        return Backoff.words(Duration.ofNanos(nanos));
    }
}
