package dev.millwright.server.cluster;

import java.time.Instant;
import java.util.UUID;

/// A server as the database knows it. All times are the database's.
///
/// @param nodeName the node that lives inside it
/// @param sources the origins of the resources that it keeps applied, one a line
/// @param lost whether the others have given it up
/// @param now when this was read
public record ServerRecord(
        UUID id,
        UUID home,
        String name,
        String nodeName,
        String address,
        String linkAddress,
        String sources,
        String version,
        Instant startedAt,
        Instant seenAt,
        boolean lost,
        Instant now) {}
