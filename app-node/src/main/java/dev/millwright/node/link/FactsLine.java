package dev.millwright.node.link;

import dev.millwright.link.v1.Facts;
import dev.millwright.link.v1.NodeMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the server the node's facts: in each Hello, and when they have changed since. Called from
/// any thread.
public final class FactsLine {
    private Map<String, String> found;
    private Map<String, String> learnt = Map.of();
    private Map<String, String> told = Map.of();
    private @Nullable Consumer<NodeMessage> line;

    public FactsLine(Map<String, String> first) {
        this.found = Map.copyOf(first);
    }

    /// What is known by now.
    public synchronized Map<String, String> facts() {
        Map<String, String> all = new HashMap<>(found);
        all.putAll(learnt);
        return Map.copyOf(all);
    }

    /// The facts were looked up again.
    public synchronized void update(Map<String, String> looked) {
        found = Map.copyOf(looked);
        tell();
    }

    /// What the servers let this node know of its machine; it replaces what was learnt before.
    synchronized void learn(Map<String, String> facts) {
        learnt = Map.copyOf(facts);
        tell();
    }

    /// What goes into a Hello.
    synchronized Map<String, String> forHello() {
        told = facts();
        return told;
    }

    synchronized void settled(Consumer<NodeMessage> way) {
        line = way;
        tell();
    }

    synchronized void broken() {
        line = null;
    }

    private void tell() {
        if (line != null && !told.equals(facts())) {
            told = facts();
            line.accept(
                    NodeMessage.newBuilder()
                            .setFacts(Facts.newBuilder().addAllFacts(Pairs.of(told)))
                            .build());
        }
    }
}
