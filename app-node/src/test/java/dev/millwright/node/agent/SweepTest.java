package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.Assignment;
import dev.millwright.node.Known;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a node asks its runners before it takes work.
class SweepTest {
    @TempDir Path root;

    private final Set<AttemptId> started = ConcurrentHashMap.newKeySet();
    private final Set<AttemptId> unknowable = ConcurrentHashMap.newKeySet();
    private final List<Set<AttemptId>> sweeps = new ArrayList<>();
    private boolean broken;

    /// Its work lasts until the node is closed, and is found again.
    private final class Lasting implements Runner<Parameters> {
        @Override
        public String kind() {
            return "lasting";
        }

        @Override
        public Class<Parameters> configuration() {
            return Parameters.class;
        }

        @Override
        public Execution start(WorkOrder order, Parameters step) {
            started.add(order.attempt());
            return new Work();
        }

        @Override
        public Optional<Execution> attach(WorkOrder order, Parameters step) {
            if (unknowable.contains(order.attempt())) {
                throw new RunnerException("the engine does not answer");
            }
            return started.contains(order.attempt()) ? Optional.of(new Work()) : Optional.empty();
        }

        @Override
        public void sweep(Set<AttemptId> live) {
            sweeps.add(live);
            if (broken) {
                throw new RunnerException("the engine does not answer");
            }
        }
    }

    private static final class Work implements Execution {
        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public Result await() throws InterruptedException {
            stopped.await();
            return new Result.Exited(143);
        }

        @Override
        public void stop(Duration grace) {
            stopped.countDown();
        }
    }

    private NodeAgent agent() {
        return NodeAgent.create(
                NodeSettings.local(root.resolve("node"), 4), List.of(new Lasting()), new Reports());
    }

    private static Assignment step() {
        return Assignment.builder(
                        new AttemptId(UUID.randomUUID()),
                        1,
                        new RunId(UUID.randomUUID()),
                        StepPath.ROOT,
                        "lasting",
                        new Parameters(Map.of()))
                .build();
    }

    private void start(NodeAgent agent, Assignment step) {
        agent.start(step);
        await().atMost(Duration.ofSeconds(20)).until(() -> started.contains(step.attempt()));
    }

    @Test
    void everyLifeSparesTheWorkThatItHasFoundAgainAndNothingElse() {
        Assignment kept = step();
        Assignment lost = step();
        try (NodeAgent first = agent()) {
            assertThat(sweeps).containsExactly(Set.of());
            start(first, kept);
            start(first, lost);
        }
        unknowable.add(lost.attempt());
        try (NodeAgent next = agent()) {
            assertThat(sweeps.getLast()).containsExactly(kept.attempt());
            assertThat(next.hello())
                    .extracting(Known::attempt, Known::state)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(
                                    kept.attempt(), Known.State.RUNNING),
                            org.assertj.core.groups.Tuple.tuple(lost.attempt(), Known.State.LOST));
        }
    }

    @Test
    void aRunnerThatCannotSweepDoesNotKeepTheNodeFromItsWork() {
        broken = true;
        Assignment step = step();
        try (NodeAgent agent = agent()) {
            start(agent, step);
            assertThat(agent.knows(step.attempt())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container 12\non engine 3\n", "99999999999999999999\nboot\n", ""})
    void whatARunnerKeepsInItsOwnFolderIsNoneOfTheNodesBusiness(String pid) throws IOException {
        Assignment step = step();
        try (NodeAgent first = agent()) {
            start(first, step);
        }
        Path home = root.resolve(Path.of("node", "attempts", step.attempt().toString(), "work"));
        Path file = Files.createDirectories(home).resolve("pid");
        if (pid.isEmpty()) {
            Files.createDirectory(file);
        } else {
            Files.writeString(file, pid);
        }

        try (NodeAgent next = agent()) {
            assertThat(next.hello()).extracting(Known::state).containsExactly(Known.State.RUNNING);
        }
    }
}
