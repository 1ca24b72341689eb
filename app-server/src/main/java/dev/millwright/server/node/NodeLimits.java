package dev.millwright.server.node;

import java.time.Duration;

/// How long a node may be silent before what.
///
/// @param suspect it gets nothing new
/// @param unreachable it counts as gone
/// @param lost its steps count as lost
/// @param heartbeat how often nodes are to say that they live
public record NodeLimits(
        Duration suspect, Duration unreachable, Duration lost, Duration heartbeat) {
    public static final NodeLimits DEFAULT =
            new NodeLimits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(3));
}
