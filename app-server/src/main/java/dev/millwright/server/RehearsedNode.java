package dev.millwright.server;

import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.link.LinkSettings;
import dev.millwright.node.program.AgentProgram;
import dev.millwright.node.program.AgentSettings;
import dev.millwright.node.program.PluginPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node inside of the server that is rehearsed: it comes in over the link as any other. One
/// thread.
final class RehearsedNode implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RehearsedNode.class);

    private final AgentProgram agent;
    private final Thread thread;

    private RehearsedNode(AgentProgram agent) {
        this.agent = agent;
        this.thread = Thread.ofVirtual().name("rehearsed-node").start(this::run);
    }

    /// @param folder of the node; there is none in it the first time
    static RehearsedNode start(Path folder, JoinOrder order) {
        return new RehearsedNode(
                AgentProgram.create(
                        new AgentSettings(
                                ServerWiring.VERSION,
                                folder,
                                folder.resolve("workspaces"),
                                Map.of(),
                                1,
                                AgentSettings.SHELL,
                                RoomLimits.DEFAULT,
                                GitLimits.DEFAULT,
                                new PluginPolicy(false, List.of()),
                                AgentSettings.FACTS_EVERY,
                                LinkSettings.DEFAULT,
                                Room.Disk.real()),
                        order));
    }

    private void run() {
        try {
            var _ = agent.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.warn("the rehearsed node failed", failed);
        }
    }

    /// Say goodbye; returns when that is said.
    @Override
    public void close() {
        agent.stop();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        agent.close();
    }
}
