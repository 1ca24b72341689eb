package dev.millwright.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How steps end: told to, by themselves, or because something goes away.
final class EndsIT extends RunnerFixture {
    private static void awaitText(WorkOrder order, String text) {
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Files.exists(order.outFile())
                                && Files.readString(order.outFile()).contains(text));
    }

    /// Several at once: the end of a step may come at the very moment of the signal.
    @Test
    void aStopIsTermForAllProcessesAndTheStepMayAnswer() throws Exception {
        List<WorkOrder> orders = new ArrayList<>();
        List<Execution> executions = new ArrayList<>();
        List<Thread> followers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            WorkOrder order =
                    order(
                            commands(
                                    """
                                    # The container ends with its step, whoever else has something to say
                                    trap 'wait; echo told; exit 3' TERM
                                    sh -c 'trap "echo child heard; exit" TERM; echo ready; while :; do sleep 0.05; done' &
                                    # sleep is told, too: where it ends first, -e would end the script
                                    while :; do sleep 0.05 || :; done
                                    """));
            Execution execution = start(runner(), order);
            orders.add(order);
            executions.add(execution);
            followers.add(Thread.ofVirtual().start(() -> ended(execution)));
        }
        for (WorkOrder order : orders) {
            awaitText(order, "ready");
        }
        for (Execution execution : executions) {
            execution.stop(Duration.ofSeconds(30));
        }
        for (Thread follower : followers) {
            follower.join();
        }
        for (WorkOrder order : orders) {
            assertThat(Files.readString(order.outFile())).contains("told\n", "child heard\n");
            assertThat(order.home().resolve("ended")).hasContent("exited 3");
        }
    }

    private static void ended(Execution execution) {
        try {
            var _ = execution.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aStepThatDoesNotListenIsKilledAfterItsGrace() throws Exception {
        WorkOrder order = order(commands("trap '' TERM; echo ready; sleep 1000"));
        Execution execution = start(runner(), order);
        Thread follower = Thread.ofVirtual().start(() -> ended(execution));
        awaitText(order, "ready");
        long begin = System.nanoTime();
        execution.stop(Duration.ofSeconds(2));
        follower.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isGreaterThan(Duration.ofSeconds(2));
        assertThat(order.home().resolve("ended")).hasContent("exited 137");
    }

    @Test
    void anotherStopMayShortenTheGrace() throws Exception {
        WorkOrder order = order(commands("trap '' TERM; echo ready; sleep 1000"));
        Execution execution = start(runner(), order);
        Thread follower = Thread.ofVirtual().start(() -> ended(execution));
        awaitText(order, "ready");
        execution.stop(Duration.ofMinutes(10));
        execution.stop(Duration.ZERO);
        assertThat(follower.join(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void theNextLifeOfTheNodeGoesOnWhereTheLastOneStopped() throws Exception {
        WorkOrder order =
                order(
                        commands(
                                "seq 1 1000; seq 1 50 >&2; while [ ! -e go ]; do sleep 0.05; done; seq 1001 2000; exit 4"));
        Execution first = start(runner(), order);
        Thread follower = Thread.ofVirtual().start(() -> ended(first));
        awaitText(order, "\n1000\n");
        follower.interrupt();
        follower.join();
        Files.createFile(order.workspace().resolve("go"));
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        engine().docker(
                                        "inspect",
                                        "-f",
                                        "{{.State.Running}}",
                                        "millwright-" + order.attempt())
                                .equals("false"));

        var next = runner();
        next.sweep(Set.of(order.attempt()));
        Execution found = next.attach(order, order.parameters()).orElseThrow();
        assertThat(found.await()).isEqualTo(new Result.Exited(4));
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= 2_000; i++) {
            all.append(i).append('\n');
        }
        assertThat(Files.readString(order.outFile())).isEqualTo(all.toString());
        assertThat(Files.readAllLines(order.errFile())).hasSize(50);
        assertThat(left(order)).isEmpty();

        Execution again = next.attach(order, order.parameters()).orElseThrow();
        assertThat(again.await()).as("told once more").isEqualTo(new Result.Exited(4));
    }

    @Test
    @Tag("R48")
    void aContainerThatSomebodyRemovesIsLost() throws Exception {
        WorkOrder order = order(commands("echo ready; sleep 1000"));
        Execution execution = start(runner(), order);
        var _ = engine().docker("rm", "-f", "millwright-" + order.attempt());
        assertThat(execution.await())
                .isInstanceOfSatisfying(
                        Result.Broken.class,
                        broken -> assertThat(broken.cause()).isEqualTo("lost"));
        assertThat(runner().attach(order, order.parameters())).isPresent();
    }

    @Test
    @Tag("R48")
    void aSweepRemovesWhatNobodyWantsAndLeavesWhatOthersHave() throws Exception {
        var mine = runner();
        var others = runner();
        WorkOrder forgotten = order(commands("sleep 1000"));
        WorkOrder wanted = order(commands("sleep 1000"));
        WorkOrder foreign = order(commands("sleep 1000"));
        var _ = start(mine, forgotten);
        Execution live = start(mine, wanted);
        Execution theirs = start(others, foreign);

        mine.sweep(Set.of(wanted.attempt()));

        assertThat(left(forgotten)).isEmpty();
        assertThat(left(wanted)).hasSize(1);
        assertThat(left(foreign)).hasSize(1);
        live.stop(Duration.ZERO);
        theirs.stop(Duration.ZERO);
        assertThat(live.await()).isNotEqualTo(new Result.Exited(0));
        assertThat(theirs.await()).isNotEqualTo(new Result.Exited(0));
    }

    @Test
    void aContainerThatWasMadeAndNeverStartedIsRemovedAndNotFound() throws Exception {
        WorkOrder order = order(commands("true"));
        var _ =
                engine().docker(
                                "create",
                                "--name",
                                "millwright-" + order.attempt(),
                                "--label",
                                "dev.millwright.attempt=" + order.attempt(),
                                ContainerEngine.IMAGE,
                                "true");
        assertThat(runner().attach(order, order.parameters())).isEmpty();
        assertThat(left(order)).isEmpty();
    }
}
