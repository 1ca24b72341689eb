package dev.millwright.server.node;

import dev.millwright.node.agent.NodeAgent;
import java.util.Map;
import java.util.function.Supplier;

/// What the node inside the server is made of.
///
/// @param refusal why it takes no new work, for people; empty when it does
/// @param facts looks at the machine, which takes its time
public record LocalMachine(NodeAgent agent, Supplier<String> refusal, Facts facts) {
    /// Finds out about the machine.
    public interface Facts {
        Map<String, String> look() throws InterruptedException;
    }
}
