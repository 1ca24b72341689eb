package dev.millwright.server.outbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a channel fares.
///
/// @param name for people, such as `exporter default/traces`
/// @param waiting how many letters are not told yet
/// @param failing how many of these were tried in vain
/// @param oldestOrNull when the oldest of them was written
/// @param nextTryOrNull when one that was tried in vain is tried again
/// @param dropped how many were given up, ever
/// @param reason why nothing can be told to it now, or why it failed last; empty once something has
///   arrived since
public record ChannelStatus(
        String name,
        long waiting,
        long failing,
        @Nullable Instant oldestOrNull,
        @Nullable Instant nextTryOrNull,
        long dropped,
        String reason,
        @Nullable Instant failedAtOrNull) {
    public Optional<Instant> oldest() {
        return Optional.ofNullable(oldestOrNull);
    }
}
