package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer.Standing;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The part of a [NodeRow] that a node is judged by.
///
/// @param seenAt when it was last heard of
/// @param sessionOrNull the connection over which it gets its work
public record NodeSign(
        String name,
        boolean draining,
        Standing standing,
        Instant seenAt,
        @Nullable UUID sessionOrNull) {
    Optional<UUID> session() {
        return Optional.ofNullable(sessionOrNull);
    }

    /// Whether the node has neither been told anything new nor come anew.
    boolean isLike(NodeSign other) {
        return name.equals(other.name)
                && draining == other.draining
                && standing == other.standing
                && session().equals(other.session());
    }
}
