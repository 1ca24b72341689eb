package dev.millwright.mail;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// Remembers who needs no further try of a mail that others still wait for: while one mailbox is
/// full, the others do not get the same again and again. Lost with the process; then they get it
/// once more, with the same id. Called from any thread.
final class Delivered {
    private static final int MOST = 1_000;

    private final LinkedHashMap<String, Set<String>> settled = new LinkedHashMap<>();

    /// Those of the recipients for whom the message is still to be sent.
    synchronized List<String> left(String message, List<String> recipients) {
        Set<String> done = settled.getOrDefault(message, Set.of());
        return recipients.stream().filter(address -> !done.contains(address)).toList();
    }

    synchronized void settle(String message, Collection<String> addresses) {
        settled.computeIfAbsent(message, _ -> new HashSet<>()).addAll(addresses);
        while (settled.size() > MOST) {
            var _ = settled.pollFirstEntry();
        }
    }

    synchronized void forget(String message) {
        var _ = settled.remove(message);
    }
}
