package dev.millwright.node.link;

import static org.awaitility.Awaitility.await;

import dev.millwright.link.v1.ServerMessage;
import dev.millwright.node.Assignment;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.plugin.NodePlugins;
import dev.millwright.node.process.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A whole node with a client that is in a hurry.
final class TestNode implements AutoCloseable {
    /// So patient that a busy machine does not look like a dead server.
    static final LinkSettings SETTINGS = patient(Duration.ofSeconds(15));

    private final Path root;
    final NodeIdentity identity;
    final NodePlugins plugins;
    final NodeAgent agent;
    final FactsLine facts = new FactsLine(Map.of("os", "linux"));
    volatile String refusal = "";
    private final NodeLinkClient client;
    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();

    static LinkSettings patient(Duration silence) {
        return new LinkSettings(
                Duration.ofSeconds(5),
                silence,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofSeconds(5));
    }

    private TestNode(Path root, NodeIdentity identity, LinkSettings settings, InstantSource clock) {
        this.root = root;
        this.identity = identity;
        LinkReports reports = new LinkReports();
        plugins =
                NodePlugins.open(
                        root, List.of(), List.of(new ProcessRunner()), _ -> Optional.empty());
        agent = NodeAgent.create(NodeSettings.local(root, 8), plugins, reports);
        plugins.start(agent, () -> refusal);
        client =
                NodeLinkClient.create(
                        new LinkedNode(
                                agent,
                                plugins,
                                () -> refusal,
                                Map.of("zone", "a"),
                                "0.1.0",
                                "life-1",
                                8),
                        identity,
                        reports,
                        facts,
                        settings,
                        clock);
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.complete(client.run());
                    } catch (InterruptedException | RuntimeException unexpected) {
                        end.completeExceptionally(unexpected);
                    }
                });
    }

    static TestNode start(Path root, TestAuthority authority, String... servers) {
        return start(root, authority.node(Duration.ofDays(1)), servers);
    }

    static TestNode start(Path root, NodeIdentity.Proof proof, String... servers) {
        return start(root, proof, SETTINGS, servers);
    }

    static TestNode start(
            Path root, NodeIdentity.Proof proof, LinkSettings settings, String... servers) {
        return start(root, proof, settings, InstantSource.system(), servers);
    }

    /// @param clock of its machine
    static TestNode start(
            Path root,
            NodeIdentity.Proof proof,
            LinkSettings settings,
            InstantSource clock,
            String... servers) {
        NodeIdentity identity = NodeIdentity.store(root, "n1", proof, List.of(servers));
        return new TestNode(root, identity, settings, clock);
    }

    static ServerMessage assign(Assignment assignment) {
        return ServerMessage.newBuilder().setAssign(Wire.assign(assignment)).build();
    }

    Path workspace(Assignment step) {
        return root.resolve("workspaces").resolve(step.run().toString());
    }

    /// Let a step go on that waits for the file `go`.
    void go(Assignment step) {
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.isDirectory(workspace(step)));
        try {
            Files.createFile(workspace(step).resolve("go"));
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    void awaitForgotten(Assignment step) {
        Path kept = agent.journal().resolve(step.attempt().toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(kept));
    }

    boolean isOver() {
        return end.isDone();
    }

    /// With which words the client gave up.
    Optional<String> awaitEnd() {
        try {
            return end.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    void disconnect() {
        client.close();
        var _ = awaitEnd();
    }

    @Override
    public void close() {
        disconnect();
        agent.close();
        plugins.close();
    }
}
