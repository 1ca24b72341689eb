package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.link.v1.Log;
import dev.millwright.link.v1.NodeMessage;
import dev.millwright.link.v1.Welcome;
import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.Source.Checkout;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeException;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.Settlement;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.node.agent.Room;
import dev.millwright.node.agent.RoomLimits;
import dev.millwright.node.git.GitLimits;
import dev.millwright.node.git.TestGit;
import dev.millwright.node.program.AgentProgram;
import dev.millwright.node.program.AgentSettings;
import dev.millwright.node.program.PluginPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The agent as a program, from joining to the next life.
class WholeNodeTest extends LinkFixture {
    private static final Room.Space ROOM = new Room.Space(1L << 40, 1L << 41);

    private volatile Room.Space space = ROOM;
    private GitLimits repositories = GitLimits.DEFAULT;

    private AgentSettings settings(String node, String workspaces) {
        return new AgentSettings(
                "0.1.0",
                root.resolve(node),
                root.resolve(workspaces),
                Map.of("zone", "a"),
                2,
                AgentSettings.SHELL,
                RoomLimits.DEFAULT,
                repositories,
                PluginPolicy.ALL,
                Duration.ofMinutes(5),
                TestNode.SETTINGS,
                _ -> space);
    }

    private JoinOrder order() {
        return new JoinOrder(
                server.address(), "secret", Certificates.hash(authority.root), "", Map.of());
    }

    /// One life of the program.
    private static final class Life implements AutoCloseable {
        private final AgentProgram program;
        private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();

        Life(AgentProgram program) {
            this.program = program;
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            end.complete(program.run());
                        } catch (InterruptedException | RuntimeException unexpected) {
                            end.completeExceptionally(unexpected);
                        }
                    });
        }

        @Override
        public void close() {
            program.stop();
            assertThat(end.orTimeout(20, TimeUnit.SECONDS).join()).isEmpty();
            program.close();
        }
    }

    @Test
    void leavesItsStepsToTheNextLife() throws Exception {
        Assignment step =
                ScriptStep.of("echo one; while [ ! -e go ]; do sleep 0.02; done; echo two");
        String id = step.attempt().toString();
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), order()))) {
            server.line(0).send(TestNode.assign(step));
            until(() -> store.outBytes(id) == 4);
        }
        until(() -> server.line(0).has(NodeMessage::hasGoodbye));
        server.greeting =
                hello -> {
                    assertThat(hello.getAttempts(0).getAttempt()).isEqualTo(id);
                    Log last = store.logs.get(id).getLast();
                    LogPosition position = LogPosition.after(Wire.chunk(last));
                    return welcome(step.attempt(), position);
                };
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), null))) {
            assertThat(server.line(1).hello().getMayHaveForgotten()).isFalse();
            Files.createFile(root.resolve("work").resolve(step.run().toString()).resolve("go"));
            until(() -> store.ends.containsKey(id));
            assertThat(store.ends.get(id).getOutcome()).isEqualTo("success");
            assertThat(store.outBytes(id)).isEqualTo(8);
        }
        assertThat(server.joins).hasSize(1);
    }

    private static Welcome welcome(AttemptId attempt, LogPosition position) {
        return FakeServer.welcome()
                .addSettled(Wire.settled(attempt, new Settlement.Continue(position)))
                .build();
    }

    @Test
    void holdsRepositoriesToItsLimits() throws Exception {
        Path repository = root.resolve("origin");
        TestGit.init(repository);
        Files.writeString(repository.resolve("another"), "text");
        String commit = TestGit.commit(repository, "two files");
        Assignment step =
                ScriptStep.builder("true")
                        .workspace(
                                new WorkspaceRequest(
                                        repository.toString(), commit, null, Checkout.DEFAULT))
                        .build();
        String id = step.attempt().toString();
        repositories = new GitLimits(1L << 40, 1L << 40, 1, 0);
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), order()))) {
            server.line(0).send(TestNode.assign(step));
            until(() -> store.ends.containsKey(id));
        }
        assertThat(store.ends.get(id).getText()).contains("more than 1 files and folders");
    }

    @Test
    void twoAgentsDoNotShareAFolder() throws Exception {
        try (Life _ = new Life(AgentProgram.create(settings("a", "work-a"), order()))) {
            assertThatThrownBy(() -> AgentProgram.create(settings("a", "work-b"), order()))
                    .isInstanceOf(NodeException.class)
                    .hasMessageContainingAll("the folder", "is in use by process", "--root");
            assertThatThrownBy(() -> AgentProgram.join(root.resolve("a"), order()))
                    .isInstanceOf(NodeException.class);
            assertThatThrownBy(() -> AgentProgram.create(settings("b", "work-a"), order()))
                    .isInstanceOf(NodeException.class)
                    .hasMessageContainingAll("the workspace root", "--workspace-root");
            try (Life _ = new Life(AgentProgram.create(settings("b", "work-b"), order()))) {
                assertThat(server.line(1).isSettled()).isTrue();
            }
        }
    }

    @Test
    void nobodyElseLooksIntoItsFolder() throws Exception {
        Path node = Files.createDirectory(root.resolve("node"));
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), order()))) {
            for (Path folder : List.of(node, node.resolve("attempts"))) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void aMachineJoinsOnce() {
        Path node = root.resolve("node");
        assertThat(AgentProgram.join(node, order()).name()).isEqualTo("n1");
        assertThatThrownBy(() -> AgentProgram.join(node, order()))
                .isInstanceOf(NodeException.class)
                .hasMessageContaining("is the node 'n1' already");
    }

    @Test
    void tellsWhatTakesTimeToFindOutAfterItsHello() throws Exception {
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), order()))) {
            FakeLine line = server.line(0);
            assertThat(Pairs.map(line.hello().getFactsList())).containsKey("cpus");
            until(() ->
                    Pairs.map(line.hello().getFactsList()).containsKey("hostname")
                            || line.has(one ->
                                    Pairs.map(one.getFacts().getFactsList())
                                            .containsKey("hostname")));
        }
    }

    @Test
    void aFullDiskStopsNewWorkButNeitherTheAgentNorItsSteps() throws Exception {
        try (Life _ = new Life(AgentProgram.create(settings("node", "work"), order()))) {
            FakeLine line = server.line(0);
            Assignment before = ScriptStep.of("while [ ! -e go ]; do sleep 0.02; done; echo done");
            line.send(TestNode.assign(before));
            until(() -> line.has(NodeMessage::hasTaken));

            space = new Room.Space(0, 1L << 41);
            Assignment refused = ScriptStep.of("true");
            line.send(TestNode.assign(refused));
            until(() ->
                    line.has(one ->
                            one.getRefused().getAttempt().equals(refused.attempt().toString())));
            until(() -> line.has(one -> one.getHeartbeat().getRefusal().contains("make room")));
            Path workspace = root.resolve("work").resolve(before.run().toString());
            until(() -> Files.isDirectory(workspace));
            Files.createFile(workspace.resolve("go"));
            until(() -> store.ends.containsKey(before.attempt().toString()));

            space = ROOM;
            line.send(TestNode.assign(refused));
            until(() -> store.ends.containsKey(refused.attempt().toString()));
            assertThat(List.copyOf(server.lines)).hasSize(1);
        }
    }
}
