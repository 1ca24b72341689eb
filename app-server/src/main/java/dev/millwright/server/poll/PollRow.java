package dev.millwright.server.poll;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is stored of a poll, apart from the state that belongs to its trigger.
///
/// @param nextAt when it is due; while somebody looks, when that look is given up
/// @param claim fence of the look that goes on
/// @param claimedBy the server that looks
/// @param failures in a row
/// @param problem what is wrong since the last look that succeeded
record PollRow(
        String namespace,
        String pipeline,
        String name,
        String type,
        String settingsHash,
        Instant nextAt,
        @Nullable UUID claim,
        @Nullable UUID claimedBy,
        int failures,
        String problem,
        @Nullable Instant lookedAt,
        @Nullable Instant foundAt) {
    PollKey key() {
        return new PollKey(namespace, pipeline, name);
    }
}
