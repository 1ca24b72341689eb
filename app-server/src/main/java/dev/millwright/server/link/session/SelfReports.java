package dev.millwright.server.link.session;

import dev.millwright.link.v1.Heartbeat;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Runners;
import dev.millwright.link.v1.ServerMessage;
import dev.millwright.model.NodeName;
import dev.millwright.node.link.Pairs;
import dev.millwright.server.node.NodeHost;
import dev.millwright.server.node.NodeLine;
import java.util.Set;
import java.util.function.Consumer;

/// Takes what a node says about itself while it is connected. One thread.
///
/// @param answer says something to the node
record SelfReports(
        NodeName node, NodeHost host, SessionSettings settings, Consumer<ServerMessage> answer) {
    /// False when the message is about something else.
    ///
    /// @param line over which it came
    boolean take(NodeMessage message, NodeLine line) {
        switch (message.getMessageCase()) {
            case HEARTBEAT -> heartbeat(message.getHeartbeat(), line);
            case FACTS -> host.facts(node, Pairs.map(message.getFacts().getFactsList()));
            case RUNNERS -> {
                Runners said = message.getRunners();
                host.runners(
                        node,
                        Set.copyOf(said.getOfferedList()),
                        Introductions.missing(Pairs.map(said.getMissingList())));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void heartbeat(Heartbeat wire, NodeLine line) {
        NodeHost.Beat beat =
                host.heartbeat(
                        node, line, wire.getRefusal(), Set.copyOf(wire.getRepositoriesList()));
        answer.accept(Introductions.answer(wire, beat, settings));
    }
}
