package dev.millwright.server.cluster;

import dev.millwright.model.NodeName;
import java.util.UUID;

/// What a server tells the others about itself.
///
/// @param id of the life of this process
/// @param home of its data directory, the same in each of its lives
/// @param name for people, such as `build1:8080`
/// @param node the name of the node that lives inside it
/// @param address where it answers HTTP
/// @param linkAddress where nodes connect; empty when they cannot
/// @param sources the origins of the resources that it keeps applied, one a line
public record ServerIdentity(
        UUID id,
        UUID home,
        String name,
        NodeName node,
        String address,
        String linkAddress,
        String sources,
        String version) {}
