package dev.millwright.server.node;

import dev.millwright.model.RunId;
import dev.millwright.node.Known;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How a node introduces itself when it has connected.
///
/// @param connection grows with each Hello of the node; 0 for the one that cannot be overtaken
/// @param version of its program
/// @param boot of its machine
/// @param life made anew with each start of its program
/// @param labels what its administrator says about it
/// @param facts what it found out about its machine
/// @param runners kinds of leaves that it carries out
/// @param slots how many attempts it runs at once
/// @param attempts all that its journal holds
/// @param mayHaveForgotten whether the journal may lack attempts that were taken
/// @param runs that have a workspace there
/// @param repositories that it has copies of
public record NodeHello(
        long connection,
        String version,
        String boot,
        String life,
        Map<String, String> labels,
        Map<String, String> facts,
        Set<String> runners,
        int slots,
        List<Known> attempts,
        boolean mayHaveForgotten,
        List<RunId> runs,
        Set<String> repositories) {
    public NodeHello {
        labels = Map.copyOf(labels);
        facts = Map.copyOf(facts);
        runners = Set.copyOf(runners);
        attempts = List.copyOf(attempts);
        runs = List.copyOf(runs);
        repositories = Set.copyOf(repositories);
    }

    /// With these labels over its own.
    public NodeHello withLabels(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(labels);
        all.putAll(more);
        return new NodeHello(
                connection,
                version,
                boot,
                life,
                all,
                facts,
                runners,
                slots,
                attempts,
                mayHaveForgotten,
                runs,
                repositories);
    }

    /// What of it is kept.
    public NodeProfile profile() {
        return new NodeProfile(version, boot, life, labels, facts, runners, slots);
    }
}
