package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeException;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.agent.NodeSettings;
import dev.millwright.node.agent.Runners;
import dev.millwright.node.process.ProcessRunner;
import dev.millwright.plugin.runner.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalNodeTest {
    @TempDir Path root;

    private static final class Host implements NodeHost {
        final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public NodeGreeting arrived(NodeName node, NodeHello hello, NodeLine line) {
            calls.add(
                    "arrived %s %d %s"
                            .formatted(node, hello.profile().slots(), hello.profile().facts()));
            return new NodeGreeting(Map.of(), List.of(), List.of(), false);
        }

        @Override
        public void ready(NodeName node, NodeLine line) {
            calls.add("ready");
        }

        @Override
        public void taken(NodeName node, AttemptId attempt) {}

        @Override
        public void refused(NodeName node, AttemptId attempt, long fence, Refusal refusal) {}

        @Override
        public void log(NodeName node, AttemptId attempt, long fence, LogChunk chunk) {}

        @Override
        public void ended(NodeName node, AttemptId attempt, long fence, AttemptEnd end) {}

        @Override
        public Beat heartbeat(
                NodeName node, NodeLine line, String refusal, Set<String> repositories) {
            calls.add("heartbeat " + refusal);
            return new Beat(false, List.of());
        }

        @Override
        public void runners(NodeName node, Set<String> kinds, Map<String, String> missing) {
            calls.add("runners " + new TreeSet<>(kinds) + " " + missing);
        }

        @Override
        public void facts(NodeName node, Map<String, String> facts) {
            calls.add("facts " + facts);
        }

        @Override
        public void gone(NodeName node, NodeLine line, boolean goodbye) {
            calls.add("gone " + goodbye);
        }
    }

    private static final class NoReports implements NodeReports {
        final List<AttemptId> ended = new CopyOnWriteArrayList<>();

        @Override
        public void log(AttemptId attempt, long fence, LogChunk chunk) {}

        @Override
        public void ended(AttemptId attempt, long fence, AttemptEnd end) {
            ended.add(attempt);
        }
    }

    @Test
    void theNodeInsideTheServerSaysWhatEveryOtherNodeSays() {
        Host host = new Host();
        NodeAgent agent =
                NodeAgent.create(
                        NodeSettings.local(root, 3), List.of(new ProcessRunner()), new NoReports());
        LocalMachine machine =
                new LocalMachine(
                        agent,
                        () -> "its disk is full",
                        Map.of("os", "linux"),
                        () -> Map.of("tool.git", "2"));
        List<String> calls = new ArrayList<>();
        try (LocalNode node =
                new LocalNode(new NodeName("here"), machine, host, 3, Map.of("zone", "a"))) {
            node.connect("0.1.0");
            node.beat();
            await().atMost(Duration.ofSeconds(30)).until(() -> host.calls.size() == 4);
            calls.addAll(host.calls);
        }

        assertThat(calls)
                .containsExactly(
                        "arrived here 3 {os=linux}",
                        "ready",
                        "heartbeat its disk is full",
                        "facts {tool.git=2}");
        assertThat(host.calls).last().isEqualTo("gone true");
    }

    @Test
    void takesNothingWhileItsDiskIsFullAndEverythingAfterwards() {
        AtomicReference<String> full = new AtomicReference<>("its disk is full");
        NoReports reports = new NoReports();
        NodeAgent agent =
                NodeAgent.create(
                        NodeSettings.local(root, 3), List.of(new ProcessRunner()), reports);
        LocalMachine machine = new LocalMachine(agent, full::get, Map.of(), Map::of);
        AttemptId attempt = new AttemptId(UUID.randomUUID());
        Assignment step =
                Assignment.builder(
                                attempt,
                                1,
                                new RunId(UUID.randomUUID()),
                                StepPath.ROOT,
                                "process",
                                new Parameters(Map.of("commands", List.of("true"))))
                        .build();
        try (LocalNode node =
                new LocalNode(new NodeName("here"), machine, new Host(), 3, Map.of())) {
            node.connect("0.1.0");
            assertThatThrownBy(() -> node.start(step))
                    .isInstanceOf(NodeException.class)
                    .hasMessage("its disk is full");
            assertThat(agent.knows(attempt)).isFalse();

            full.set("");
            node.start(step);

            await().atMost(Duration.ofSeconds(30)).until(() -> reports.ended.contains(attempt));
        }
    }

    /// What a plugin brings, and takes away again.
    private static final class Changing implements Runners {
        private volatile Set<String> kinds = Set.of("process");
        private volatile Map<String, String> missing = Map.of();

        @Override
        public Optional<Runner<?>> find(String kind) {
            return Optional.empty();
        }

        @Override
        public Set<String> kinds() {
            return kinds;
        }

        @Override
        public Map<String, String> missing() {
            return missing;
        }
    }

    @Test
    void saysWhenItsRunnersChangeAndWhatIsInTheWayOfOne() {
        Host host = new Host();
        Changing runners = new Changing();
        NodeAgent agent = NodeAgent.create(NodeSettings.local(root, 3), runners, new NoReports());
        LocalMachine machine = new LocalMachine(agent, () -> "", Map.of(), Map::of);
        try (LocalNode node = new LocalNode(new NodeName("here"), machine, host, 3, Map.of())) {
            node.connect("0.1.0");
            node.beat();
            runners.kinds = Set.of("container", "process");
            node.beat();
            runners.kinds = Set.of("process");
            runners.missing = Map.of("container", "no engine");
            node.beat();
        }

        assertThat(host.calls)
                .filteredOn(call -> call.startsWith("runners"))
                .containsExactly(
                        "runners [container, process] {}",
                        "runners [process] {container=no engine}");
    }
}
