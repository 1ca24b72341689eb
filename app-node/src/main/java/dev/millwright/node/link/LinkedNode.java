package dev.millwright.node.link;

import dev.millwright.link.v1.Heartbeat;
import dev.millwright.link.v1.Hello;
import dev.millwright.model.RunId;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.plugin.PluginOrders;
import dev.millwright.node.process.MachineBoot;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// The node as its servers see it.
///
/// @param plugins takes what servers say about theirs
/// @param refusal why it takes no new work, for people; empty when it does
/// @param labels what the administrator says about it
/// @param version of the program
/// @param life made anew with each start of the program
/// @param slots how many attempts it runs at once
public record LinkedNode(
        NodeAgent agent,
        PluginOrders plugins,
        Supplier<String> refusal,
        Map<String, String> labels,
        String version,
        String life,
        int slots) {
    public LinkedNode {
        labels = Map.copyOf(labels);
    }

    /// @param connection grows with each Hello
    Hello hello(long connection, Map<String, String> facts) {
        return Hello.newBuilder()
                .setProtocol(Wire.PROTOCOL)
                .setConnection(connection)
                .setVersion(version)
                .setBoot(MachineBoot.id())
                .setLife(life)
                .addAllLabels(Pairs.of(labels))
                .addAllFacts(Pairs.of(facts))
                .addAllRunners(new TreeSet<>(agent.runnerKinds()))
                .addAllMissing(Pairs.of(agent.missingRunners()))
                .setSlots(slots)
                .addAllAttempts(agent.hello().stream().map(Wire::known).toList())
                .setMayHaveForgotten(agent.mayHaveForgotten())
                .addAllRuns(agent.runs().stream().map(RunId::toString).toList())
                .addAllRepositories(agent.gitCache().urls())
                .build();
    }

    Heartbeat heartbeat(long number) {
        return Heartbeat.newBuilder()
                .setNumber(number)
                .setRefusal(refusal.get())
                .addAllRepositories(agent.gitCache().urls())
                .build();
    }
}
