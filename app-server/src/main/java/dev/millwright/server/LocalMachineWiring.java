package dev.millwright.server;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.host.Extensions;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.facts.MachineFacts;
import dev.millwright.node.plugin.PluginRunners;
import dev.millwright.server.config.ServerConfig;
import dev.millwright.server.node.LocalMachine;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the node inside the server together. Any thread.
final class LocalMachineWiring {
    private final ServerConfig config;
    private final PluginRunners runners;
    private volatile @Nullable NodeAgent agent;

    LocalMachineWiring(ServerConfig config, Extensions extensions, SecretSource secrets) {
        this.config = config;
        this.runners = new PluginRunners(extensions, secrets);
    }

    LocalMachine machine(NodeReports reports) {
        Path root = config.dataDir().resolve("node");
        NodeAgent made =
                NodeAgent.create(
                        new NodeSettings(
                                config.node().name().value(),
                                root,
                                config.node().workspaceRoot(),
                                config.node().slots(),
                                SettingsOf.git(config)),
                        runners,
                        reports);
        agent = made;
        Room room =
                new Room(
                        made.journal(),
                        List.of(root, config.node().workspaceRoot()),
                        RoomLimits.DEFAULT,
                        Room.Disk.real());
        MachineFacts facts = MachineFacts.of(root);
        return new LocalMachine(made, room::refusal, facts.known(), facts::look);
    }

    /// Look which runners there are and what is in their way.
    void tick() {
        NodeAgent made = agent;
        if (made == null) {
            return;
        }
        try {
            runners.look(made::unfinished);
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
        }
    }
}
