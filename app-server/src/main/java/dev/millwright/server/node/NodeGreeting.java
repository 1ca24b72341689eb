package dev.millwright.server.node;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.node.Settlement;
import java.util.List;
import java.util.Map;

/// The answer to a [NodeHello].
///
/// @param settlements for every attempt of the Hello
/// @param unknown attempts that the node was given and does not have; it must never take them
/// @param finishedRuns of those that have a workspace there
public record NodeGreeting(
        Map<AttemptId, Settlement> settlements,
        List<AttemptId> unknown,
        List<RunId> finishedRuns,
        boolean draining) {
    public NodeGreeting {
        settlements = Map.copyOf(settlements);
        unknown = List.copyOf(unknown);
        finishedRuns = List.copyOf(finishedRuns);
    }
}
