package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class KillLadderTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir Path folder;
    private final ProcessRunner runner = new ProcessRunner();
    private Orders orders;

    @BeforeEach
    void prepare() {
        orders = new Orders(folder);
    }

    private Execution started(WorkOrder order) {
        Execution execution = runner.start(order, order.parameters());
        await("step is ready").until(() -> Files.exists(order.directory().resolve("ready")));
        return execution;
    }

    private static void assertNothingLives(WorkOrder order) {
        assertThat(new ProcessTree(order.attempt(), -1, null).members()).isEmpty();
    }

    @Test
    void politeStepEndsLongBeforeTheGraceIsOver() throws Exception {
        WorkOrder order =
                orders.script("trap 'echo bye; exit 5' TERM\ntouch ready\nsleep 1000 & wait");
        Execution execution = started(order);

        execution.stop(LONG);

        assertThat(execution.await()).isEqualTo(new Result.Exited(5));
        assertThat(Orders.out(order)).isEqualTo("bye\n");
        assertNothingLives(order);
    }

    @Test
    void childrenGetTheGraceTimeToo() throws Exception {
        WorkOrder order =
                orders.script(
                        """
                        sh -c 'trap "sleep 0.3; touch cleaned; exit" TERM; touch ready; while :; do sleep 0.05; done'
                        echo not reached
                        """);
        Execution execution = started(order);

        execution.stop(LONG);
        execution.await();

        assertThat(order.directory().resolve("cleaned")).exists();
        assertThat(Orders.out(order)).isEmpty();
        assertNothingLives(order);
    }

    @Test
    void deafStepIsKilledAfterTheGrace() throws Exception {
        WorkOrder order =
                orders.script("trap '' TERM INT HUP\ntouch ready\nwhile :; do sleep 0.05; done");
        Execution execution = started(order);

        execution.stop(SHORT);

        assertThat(execution.await()).isInstanceOf(Result.Broken.class);
        assertNothingLives(order);
    }

    @Test
    void laterStopWithLessGraceShortensTheWaiting() throws Exception {
        WorkOrder order = orders.script("trap '' TERM\ntouch ready\nwhile :; do sleep 0.05; done");
        Execution execution = started(order);

        execution.stop(LONG);
        execution.stop(Duration.ZERO);
        execution.await();

        assertNothingLives(order);
    }

    @Test
    void daemonThatForkedTwiceIntoItsOwnSessionIsFound() throws Exception {
        WorkOrder order =
                orders.script(
                        """
                        setsid sh -c 'setsid sh -c "trap : TERM; touch ready; while :; do sleep 0.05; done" & exit'
                        sleep 1000
                        """);
        Execution execution = started(order);

        execution.stop(SHORT);
        execution.await();

        assertNothingLives(order);
    }

    @Test
    void stepThatStoppedItselfSeesTheTermAndEnds() throws Exception {
        WorkOrder order =
                orders.script(
                        "trap 'touch woken; exit 1' TERM\ntouch ready\nkill -STOP $$\nsleep 9");
        Execution execution = started(order);

        execution.stop(LONG);
        execution.await();

        assertThat(order.directory().resolve("woken")).exists();
        assertNothingLives(order);
    }

    @Test
    void stoppedDaemonIsKilled() throws Exception {
        WorkOrder order =
                orders.script(
                        "setsid sh -c 'touch ready; kill -STOP $$; sleep 1000' &\nsleep 1000");
        Execution execution = started(order);

        execution.stop(SHORT);
        execution.await();

        assertNothingLives(order);
    }

    @Test
    void manyStraysThatKeepForkingAreAllCaught() throws Exception {
        WorkOrder order =
                orders.script(
                        """
                        for i in 1 2 3 4; do
                          setsid sh -c 'trap "" TERM; while :; do sleep 0.2 & sleep 0.1; done' &
                        done
                        touch ready
                        sleep 1000
                        """);
        Execution execution = started(order);

        execution.stop(SHORT);
        execution.await();

        assertNothingLives(order);
    }
}
