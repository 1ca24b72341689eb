package dev.millwright.server.node;

import dev.millwright.model.RunId;
import dev.millwright.node.Known;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a node introduces itself when it has connected.
///
/// @param connection grows with each Hello of the node; 0 for the one that cannot be overtaken
/// @param attempts all that its journal holds
/// @param mayHaveForgotten whether the journal may lack attempts that were taken
/// @param runs that have a workspace there
/// @param repositories that it has copies of
public record NodeHello(
        long connection,
        NodeProfile profile,
        List<Known> attempts,
        boolean mayHaveForgotten,
        List<RunId> runs,
        Set<String> repositories) {
    public NodeHello {
        attempts = List.copyOf(attempts);
        runs = List.copyOf(runs);
        repositories = Set.copyOf(repositories);
    }

    /// With these labels over its own.
    public NodeHello withLabels(Map<String, String> more) {
        return new NodeHello(
                connection,
                profile.withLabels(more),
                attempts,
                mayHaveForgotten,
                runs,
                repositories);
    }
}
