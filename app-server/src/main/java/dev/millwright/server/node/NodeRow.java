package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A node as the database knows it; one row of the table `nodes`.
///
/// @param standing without the administrator's decision to drain it
/// @param standingAt since when
/// @param seenAt when it was last heard of
/// @param sessionOrNull the connection over which it gets its work
public record NodeRow(
        String name,
        boolean draining,
        NodeOffer.Standing standing,
        Instant standingAt,
        Instant seenAt,
        Instant joinedAt,
        @Nullable UUID sessionOrNull,
        NodeProfile profile) {

    public Optional<UUID> session() {
        return Optional.ofNullable(sessionOrNull);
    }

    /// The same, heard of at another moment.
    NodeRow seen(Instant at) {
        return new NodeRow(
                name, draining, standing, standingAt, at, joinedAt, sessionOrNull, profile);
    }

    /// The standing that people see.
    public NodeOffer.Standing shown() {
        return draining && standing == NodeOffer.Standing.ONLINE
                ? NodeOffer.Standing.DRAINING
                : standing;
    }
}
