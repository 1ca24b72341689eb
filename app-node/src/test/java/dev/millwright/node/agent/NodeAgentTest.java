package dev.millwright.node.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.OutputSource;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.GivenUpException;
import dev.millwright.node.Known;
import dev.millwright.node.MissingRunnerException;
import dev.millwright.node.NodeException;
import dev.millwright.node.ScriptStep;
import dev.millwright.node.Settlement;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NodeAgentTest extends AgentFixture {
    @Test
    void whatWasGivenUpIsNotTakenLater() {
        try (NodeAgent agent = agent()) {
            Assignment late = ScriptStep.builder("echo late").build();
            Assignment known = ScriptStep.builder("sleep 30").build();
            agent.start(known);

            assertThat(agent.refuseUnknown(late.attempt())).isTrue();
            assertThat(agent.refuseUnknown(known.attempt())).isFalse();

            assertThatThrownBy(() -> agent.start(late))
                    .isInstanceOf(GivenUpException.class)
                    .hasMessageContaining("was given up");
            agent.stop(known.attempt(), Action.Reason.CANCEL, Duration.ZERO);
            assertThat(reports.end(known.attempt()).outcome()).isEqualTo(Outcome.CANCELLATION);
        }
    }

    private static Assignment stepFor(String runner) {
        return Assignment.builder(
                        new AttemptId(UUID.randomUUID()),
                        1,
                        new RunId(UUID.randomUUID()),
                        StepPath.ROOT,
                        runner,
                        Parameters.NONE)
                .build();
    }

    @Test
    void aRunnerThatItLacksIsInTheWayOfThatStepOnly() {
        try (NodeAgent agent = agent()) {
            Assignment strange = stepFor("strange");

            assertThatThrownBy(() -> agent.start(strange))
                    .isInstanceOf(MissingRunnerException.class)
                    .hasMessage("this node has no runner 'strange'");
            assertThat(agent.knows(strange.attempt())).isFalse();
        }
    }

    /// Takes for ever to start.
    private static final class SlowStart implements Runner<Parameters> {
        final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public String kind() {
            return "slow";
        }

        @Override
        public Class<Parameters> configuration() {
            return Parameters.class;
        }

        @Override
        public Execution start(WorkOrder order, Parameters step) throws InterruptedException {
            begun.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError("never");
        }

        @Override
        public Optional<Execution> attach(WorkOrder order, Parameters step) {
            return Optional.empty();
        }
    }

    @Test
    void aStopReachesARunnerThatIsStillStarting() throws Exception {
        SlowStart slow = new SlowStart();
        try (NodeAgent agent =
                NodeAgent.create(
                        NodeSettings.local(root.resolve("node"), 4), List.of(slow), reports)) {
            Assignment step = stepFor("slow");
            agent.start(step);
            slow.begun.await();
            agent.stop(step.attempt(), Action.Reason.CANCEL, Duration.ofSeconds(5));
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.CANCELLATION);
        }
    }

    @Test
    void runsAScriptAndReportsItsLogAndEnd() {
        try (NodeAgent agent = agent()) {
            Assignment step = ScriptStep.builder("echo hello; echo problem >&2; exit 3").build();
            agent.start(step);
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.FAILURE);
            assertThat(end.exitCodeOrNull()).isEqualTo(3);
            assertThat(end.message()).isEqualTo("exit code 3");
            assertThat(end.outBytes()).isEqualTo(6);
            assertThat(end.errBytes()).isEqualTo(8);
        }
    }

    @Test
    void collectsOutputsOfAFileAndOfTheOutputVariable() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    ScriptStep.builder(
                                    "echo a=1 >> $MILLWRIGHT_OUTPUT; echo version v1.2 > version.txt")
                            .outputs(
                                    List.of(
                                            new OutputSource(
                                                    "version", "version.txt", "v([0-9.]+)")))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outputs())
                    .isEqualTo(Map.of("a", "1", "version", "1.2"));
        }
    }

    @Test
    void endsTheStepWhenItsTimeIsUp() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    ScriptStep.builder("sleep 100")
                            .timeout(Duration.ofMillis(200))
                            .grace(Duration.ofSeconds(1))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.TIMEOUT);
        }
    }

    @Test
    void stopsAStepThatIsCancelled() {
        try (NodeAgent agent = agent()) {
            Assignment step = ScriptStep.builder("echo up; sleep 100").build();
            agent.start(step);
            await().until(() -> reports.logs.containsKey(step.attempt()));
            assertThat(agent.stop(step.attempt(), Action.Reason.CANCEL, Duration.ofSeconds(2)))
                    .isTrue();
            assertThat(reports.end(step.attempt()).outcome()).isEqualTo(Outcome.CANCELLATION);
        }
    }

    @Test
    void endsAStepThatWritesMoreThanItMay() {
        try (NodeAgent agent = agent()) {
            Assignment step = ScriptStep.builder("yes millwright").logLimit(100_000).build();
            agent.start(step);
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
            assertThat(end.cause()).isEqualTo("log-limit");
        }
    }

    @Test
    void nothingOfTheServersEnvironmentLeaks() {
        try (NodeAgent agent = agent()) {
            Assignment step =
                    ScriptStep.builder(
                                    "env | sed 's/=.*//' | sort | grep -v -E '^(CI|MILLWRIGHT|_|PWD|SHLVL|OLDPWD)' | tr '\\n' ' ' > names")
                            .outputs(List.of(new OutputSource("names", "names", null)))
                            .environment(Map.of("OWN", "1"))
                            .build();
            agent.start(step);
            assertThat(reports.end(step.attempt()).outputs().get("names").strip())
                    .isEqualTo("HOME LANG LOGNAME OWN PATH USER");
        }
    }

    @Test
    void findsARunningStepAgainAfterARestart() {
        Assignment step =
                ScriptStep.builder("echo one; while [ ! -e go ]; do sleep 0.05; done; echo two")
                        .build();
        NodeAgent first = agent();
        first.start(step);
        await().until(() -> reports.logs.containsKey(step.attempt()));
        first.close();
        try (NodeAgent second = agent()) {
            assertThat(second.hello())
                    .singleElement()
                    .satisfies(known -> assertThat(known.state()).isEqualTo(Known.State.RUNNING));
            second.settle(
                    step.attempt(), new Settlement.Continue(reports.position(step.attempt())));
            Files.createFile(root.resolve("node/workspaces/" + step.run() + "/go"));
            AttemptEnd end = reports.end(step.attempt());
            assertThat(end.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(end.lines()).isEqualTo(2);
            assertThat(end.outBytes()).isEqualTo(8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void refusesADirectoryOutsideTheWorkspace() {
        try (NodeAgent agent = agent()) {
            for (String directory : List.of("../..", "/etc")) {
                Assignment step = ScriptStep.builder("true").directory(directory).build();
                agent.start(step);
                AttemptEnd end = reports.end(step.attempt());
                assertThat(end.outcome()).isEqualTo(Outcome.ERROR);
                assertThat(end.cause()).isEqualTo("workspace");
            }
        }
    }

    @Test
    void refusesARootThatAnotherNodeHas() {
        try (NodeAgent first = agent()) {
            assertThat(first.runnerKinds()).containsExactly("process");
            assertThatThrownBy(this::agent)
                    .isInstanceOf(NodeException.class)
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
        }
    }
}
