package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Settlement;
import dev.millwright.node.process.MachineBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Steps whose agent finds something else than it left.
class FoundStepTest extends AgentFixture {
    private static final Duration LONG = Duration.ofMinutes(10);

    private static Assignment waiting(Duration timeout) {
        String text = "echo one; while [ ! -e go ]; do sleep 0.05; done\n";
        return Assignment.builder(
                        new AttemptId(UUID.randomUUID()),
                        1,
                        new RunId(UUID.randomUUID()),
                        StepPath.ROOT,
                        "process",
                        new Parameters(Map.of("script", text, "shell", List.of("sh", "-e"))))
                .timeout(timeout)
                .grace(Duration.ofSeconds(1))
                .build();
    }

    /// Whether it is more than an entry that its new parent has not taken notice of.
    private static boolean runs(ProcessHandle process) {
        try {
            Path stat = Path.of("/proc/" + process.pid() + "/stat");
            return process.isAlive() && !Files.readString(stat).contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    private Path journal(Assignment step) {
        return root.resolve("node/attempts").resolve(step.attempt().toString());
    }

    private NodeAgent firstLife(Assignment step) {
        NodeAgent agent = agent();
        agent.start(step);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> reports.logs.containsKey(step.attempt()));
        return agent;
    }

    /// Between two lives of the agent somebody sets the clock, so that the step seems to have begun
    /// that many days ago.
    private NodeAgent nextLife(Assignment step, int days) throws IOException {
        firstLife(step).close();
        FileTime wrong = FileTime.from(Instant.now().minus(Duration.ofDays(days)));
        Files.setLastModifiedTime(journal(step).resolve("assignment.json"), wrong);
        NodeAgent second = agent();
        second.settle(step.attempt(), new Settlement.Continue(reports.position(step.attempt())));
        return second;
    }

    @Test
    @Tag("R26")
    void aClockThatWasSetForwardsTakesNoTimeFromAStep() throws IOException {
        assumeThat(MachineBoot.age()).as("a machine that tells how long it runs").isPresent();
        Assignment step = waiting(LONG);
        try (NodeAgent _ = nextLife(step, 1)) {
            Files.createFile(root.resolve("node/workspaces/" + step.run() + "/go"));

            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.SUCCESS);
        }
    }

    @Test
    @Tag("R26")
    void aClockThatWasSetBackwardsGivesAStepNoMoreTime() throws IOException {
        assumeThat(MachineBoot.age()).as("a machine that tells how long it runs").isPresent();
        Assignment step = waiting(Duration.ofSeconds(4));
        try (NodeAgent _ = nextLife(step, -1)) {
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Tag("R04")
    void aStepWhoseSupervisorIsKilledEndsWithinFiveSeconds(boolean foundAgain) throws IOException {
        Assignment step = waiting(LONG);
        try (NodeAgent _ = foundAgain ? nextLife(step, 0) : firstLife(step)) {
            String pid = Files.readAllLines(journal(step).resolve("work/pid")).getFirst();
            ProcessHandle supervisor = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            List<ProcessHandle> children = supervisor.descendants().toList();
            assertThat(children).isNotEmpty();

            supervisor.destroyForcibly();

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> reports.ends.containsKey(step.attempt()));
            AttemptEnd end = reports.ends.get(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(end.cause()).isEqualTo(foundAgain ? "lost" : "killed");
            assertThat(children).noneMatch(FoundStepTest::runs);
        }
    }
}
