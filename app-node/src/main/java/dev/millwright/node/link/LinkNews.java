package dev.millwright.node.link;

import java.time.Duration;
import java.util.Optional;

/// What a node's log says about its connection: one line when it is lost, at most one a minute as
/// long as it is, and one when it is back. One thread.
final class LinkNews {
    private static final long SILENCE = Duration.ofMinutes(1).toNanos();

    private boolean away;
    private long since;
    private long toldAt;
    private String told = "";

    /// A try has failed, or a conversation has ended. What to say; empty when it is no news.
    ///
    /// @param hopeless whether somebody has to do something about it: that is said at once
    /// @param nanos of [System#nanoTime()]
    Optional<String> failed(String words, boolean hopeless, Duration pause, long nanos) {
        boolean first = !away;
        boolean news = hopeless && !words.equals(told);
        if (!first && !news && nanos - toldAt < SILENCE) {
            return Optional.empty();
        }
        if (first) {
            away = true;
            since = nanos;
        }
        toldAt = nanos;
        told = words;
        String next = "%s; trying again in %s".formatted(words, Backoff.words(pause));
        return Optional.of(
                first ? next : "not connected for %s: %s".formatted(words(nanos - since), next));
    }

    /// A server has taken the node in.
    String connected(String server, String node, long nanos) {
        String line = "connected to %s as node '%s'".formatted(server, node);
        String told = away ? "%s again after %s".formatted(line, words(nanos - since)) : line;
        away = false;
        return told;
    }

    private static String words(long nanos) {
        return Backoff.words(Duration.ofNanos(nanos));
    }
}
