package dev.millwright.node.link;

import dev.millwright.link.v1.Facts;
import dev.millwright.link.v1.NodeMessage;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells the server the node's facts: in each Hello, and when they have changed since. Called from
/// any thread.
public final class FactsLine {
    private Map<String, String> facts;
    private Map<String, String> told = Map.of();
    private @Nullable Consumer<NodeMessage> line;

    public FactsLine(Map<String, String> first) {
        this.facts = Map.copyOf(first);
    }

    /// What is known by now.
    public synchronized Map<String, String> facts() {
        return facts;
    }

    /// The facts were looked up again.
    public synchronized void update(Map<String, String> found) {
        facts = Map.copyOf(found);
        tell();
    }

    /// What goes into a Hello.
    synchronized Map<String, String> forHello() {
        told = facts;
        return facts;
    }

    synchronized void settled(Consumer<NodeMessage> way) {
        line = way;
        tell();
    }

    synchronized void broken() {
        line = null;
    }

    private void tell() {
        if (line != null && !told.equals(facts)) {
            told = facts;
            line.accept(
                    NodeMessage.newBuilder()
                            .setFacts(Facts.newBuilder().putAllFacts(facts))
                            .build());
        }
    }
}
