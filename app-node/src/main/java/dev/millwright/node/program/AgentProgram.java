package dev.millwright.node.program;

import dev.millwright.node.NodeException;
import dev.millwright.node.OwnerOnly;
import dev.millwright.node.Repeated;
import dev.millwright.node.agent.MachineSecrets;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.agent.Room;
import dev.millwright.node.facts.FactsWatch;
import dev.millwright.node.facts.MachineFacts;
import dev.millwright.node.git.GitSettings;
import dev.millwright.node.link.FactsLine;
import dev.millwright.node.link.JoinOrder;
import dev.millwright.node.link.Joining;
import dev.millwright.node.link.LinkException;
import dev.millwright.node.link.LinkReports;
import dev.millwright.node.link.LinkedNode;
import dev.millwright.node.link.NodeIdentity;
import dev.millwright.node.link.NodeLinkClient;
import dev.millwright.node.plugin.NodePlugins;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.node.workspace.RootLock;
import dev.millwright.node.workspace.Workspaces;
import dev.millwright.plugin.runner.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The node agent as a program: all of its parts, put together. It opens no port.
///
/// 1. [#create] takes the folders, and joins when the machine is no node yet.
/// 2. [#run] works until the node is removed or [#stop] is called, from any thread.
/// 3. [#close] lets go; steps go on and are found again by the next life.
public final class AgentProgram implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AgentProgram.class);

    /// For the ends of steps that a removed node leaves behind.
    private static final Duration LAST_KILLS = Duration.ofSeconds(10);

    private final RootLock lock;
    private final NodePlugins plugins;
    private final NodeAgent agent;
    private final NodeLinkClient client;
    private final FactsLine facts;
    private final MachineFacts machine;
    private final Duration factsEvery;

    private AgentProgram(
            AgentSettings settings, NodeIdentity identity, RootLock lock, NodePlugins plugins) {
        this.lock = lock;
        this.plugins = plugins;
        LinkReports reports = new LinkReports();
        this.agent =
                NodeAgent.create(
                        new NodeSettings(
                                identity.name(),
                                settings.root(),
                                settings.workspaceRoot(),
                                settings.slots(),
                                GitSettings.DEFAULT.within(settings.repositories())),
                        plugins,
                        reports);
        Room room =
                new Room(
                        agent.journal(),
                        List.of(settings.root(), settings.workspaceRoot()),
                        settings.limits(),
                        settings.disk());
        plugins.start(agent, room::refusal);
        this.machine = MachineFacts.of(settings.root());
        this.facts = new FactsLine(machine.known());
        this.factsEvery = settings.factsEvery();
        this.client =
                NodeLinkClient.create(
                        new LinkedNode(
                                agent,
                                plugins,
                                room::refusal,
                                settings.labels(),
                                settings.version(),
                                UUID.randomUUID().toString(),
                                settings.slots()),
                        identity,
                        reports,
                        facts,
                        settings.link());
        log.info(
                "node '{}' of {}: slots: {}, workspaces in {}",
                identity.name(),
                settings.root(),
                settings.slots(),
                settings.workspaceRoot());
    }

    private static AgentProgram create(
            AgentSettings settings, NodeIdentity identity, RootLock lock) {
        NodePlugins plugins = plugins(settings);
        try {
            return new AgentProgram(settings, identity, lock, plugins);
        } catch (RuntimeException refused) {
            plugins.close();
            throw refused;
        }
    }

    private static NodePlugins plugins(AgentSettings settings) {
        List<Runner<?>> builtIn = List.of(new ProcessRunner(settings.shell()));
        return settings.plugins().taken()
                ? NodePlugins.open(
                        settings.root(),
                        settings.plugins().trustedKeys(),
                        builtIn,
                        new MachineSecrets(System.getenv()))
                : NodePlugins.refuse(builtIn);
    }

    /// Take the folders and find out who this node is. Throws [NodeException] when another agent
    /// has a folder, and [LinkException] when this machine is no node and cannot become one.
    ///
    /// @param order how to join; null when the machine has to be a node already
    public static AgentProgram create(AgentSettings settings, @Nullable JoinOrder order) {
        RootLock lock = lock(settings.root());
        try {
            if (NodeIdentity.load(settings.root()).isEmpty()) {
                // What could be refused afterwards would have used up the token
                Workspaces.tryRoot(settings.workspaceRoot());
            }
            return create(settings, identity(settings.root(), order), lock);
        } catch (RuntimeException refused) {
            lock.close();
            throw refused;
        }
    }

    /// Make the machine a node, without working yet. Throws as [#create], and [NodeException] when
    /// the machine is one already.
    public static NodeIdentity join(Path root, JoinOrder order) {
        try (RootLock _ = lock(root)) {
            NodeIdentity known = NodeIdentity.load(root).orElse(null);
            if (known != null) {
                throw new NodeException(
                        "this machine is the node '%s' already; delete %s to make it another one"
                                .formatted(known.name(), root.resolve("identity")));
            }
            return Joining.join(root, order);
        }
    }

    private static NodeIdentity identity(Path root, @Nullable JoinOrder order) {
        NodeIdentity known = NodeIdentity.load(root).orElse(null);
        if (known == null) {
            if (order == null) {
                throw new LinkException(
                        ("%s holds no node yet; join first with the line that 'millwright node token' on the"
                                        + " server prints, or give the same here: --server HOST:PORT"
                                        + " --token TOKEN --ca sha256:...")
                                .formatted(root));
            }
            return Joining.join(root, order);
        }
        if (order != null) {
            known.alsoTry(order.server());
        }
        return known;
    }

    private static RootLock lock(Path root) {
        try {
            OwnerOnly.keepIfOwn(root);
            RootLock lock = RootLock.take(root.toRealPath(), "folder", "--root");
            settle(root, lock);
            return lock;
        } catch (IOException broken) {
            throw new NodeException(
                    "the node's folder %s cannot be used: %s".formatted(root, broken.getMessage()),
                    broken);
        }
    }

    private static void settle(Path root, RootLock lock) throws IOException {
        try {
            RootPlace.settle(root);
        } catch (IOException | NodeException refused) {
            lock.close();
            throw refused;
        }
    }

    /// Work. Gives the words with which the node was removed; empty after [#stop].
    public Optional<String> run() throws InterruptedException {
        try (FactsWatch _ =
                        FactsWatch.start(machine::look, Duration.ZERO, factsEvery, facts::update);
                Repeated _ = Rest.start(() -> agent.unfinished().isEmpty())) {
            Optional<String> removed = client.run();
            if (removed.isEmpty()) {
                log.info("this node goes down; running steps go on, its next start finds them");
            } else {
                agent.awaitIdle(LAST_KILLS);
            }
            return removed;
        }
    }

    /// Say goodbye to the server and let [#run] return.
    public void stop() {
        client.close();
    }

    @Override
    public void close() {
        client.close();
        agent.close();
        plugins.close();
        lock.close();
    }
}
