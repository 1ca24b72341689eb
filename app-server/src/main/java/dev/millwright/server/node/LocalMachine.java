package dev.millwright.server.node;

import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.facts.FactsWatch;
import java.util.Map;
import java.util.function.Supplier;

/// What the node inside the server is made of.
///
/// @param refusal why it takes no new work, for people; empty when it does
/// @param known its facts as far as they are known before the first look
/// @param facts looks at the machine, which takes its time
public record LocalMachine(
        NodeAgent agent,
        Supplier<String> refusal,
        Map<String, String> known,
        FactsWatch.Source facts) {}
