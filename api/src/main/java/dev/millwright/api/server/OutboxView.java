package dev.millwright.api.server;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What waits to be told to one system outside.
///
/// @param name whom, such as `exporter default/traces`
/// @param waiting how many things are not told yet
/// @param failing how many of these were tried in vain
/// @param oldest when the oldest of them happened; missing when nothing waits
/// @param nextTry when one that was tried in vain is tried again; missing when nothing fails
/// @param dropped how many were given up, ever
/// @param reason why it failed last; empty when it never did
/// @param failedAt when that was
public record OutboxView(
        String name,
        long waiting,
        long failing,
        @Nullable Instant oldest,
        @Nullable Instant nextTry,
        long dropped,
        String reason,
        @Nullable Instant failedAt) {
    /// When it failed last, if it ever did.
    public Optional<Instant> lastFailure() {
        return Optional.ofNullable(failedAt);
    }
}
