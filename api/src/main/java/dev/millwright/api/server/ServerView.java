package dev.millwright.api.server;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One of the servers that share a database.
///
/// @param id of the life of its process
/// @param state `online`, or `lost` when the others have given it up
/// @param self whether it is the one that answers
/// @param node the node that lives inside it
/// @param address where it answers HTTP
/// @param linkAddress where nodes connect, if they can
/// @param seenAt when it last said that it lives; none on the embedded database
public record ServerView(
        String id,
        String name,
        String state,
        boolean self,
        String node,
        String address,
        @Nullable String linkAddress,
        String version,
        Instant startedAt,
        @Nullable Instant seenAt) {}
