package dev.millwright.node.link;

import dev.millwright.link.v1.Hello;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Plugins;
import dev.millwright.link.v1.Runners;
import dev.millwright.node.plugin.PluginSource;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What is said about plugins and runners in one conversation. One thread.
final class RunnersLine {
    private final LinkedNode node;
    private final LinkPluginSource source;
    private Runners told = Runners.getDefaultInstance();
    private boolean understood;

    /// @param source the server of the conversation
    RunnersLine(LinkedNode node, LinkPluginSource source) {
        this.node = node;
        this.source = source;
    }

    /// The Hello goes out.
    void said(Hello hello) {
        told =
                Runners.newBuilder()
                        .addAllOffered(hello.getRunnersList())
                        .addAllMissing(hello.getMissingList())
                        .build();
    }

    void plugins(Plugins wire) {
        understood = true;
        node.plugins().told(source.offered(wire), source);
    }

    /// Say what the node can carry out, if that has changed and the server knows the message.
    void tell(Consumer<NodeMessage> way) {
        Runners now =
                Runners.newBuilder()
                        .addAllOffered(new TreeSet<>(node.agent().runnerKinds()))
                        .addAllMissing(Pairs.of(node.agent().missingRunners()))
                        .build();
        if (understood && !now.equals(told)) {
            told = now;
            way.accept(NodeMessage.newBuilder().setRunners(now).build());
        }
    }

    void broken() {
        PluginSource gone = source;
        node.plugins().broken(gone);
    }
}
