package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Execution.Result;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A second runner stands for the next life of the node.
@Timeout(60)
final class ReattachTest {
    @TempDir Path folder;
    private final ProcessRunner runner = new ProcessRunner();
    private Orders orders;

    @BeforeEach
    void prepare() {
        orders = new Orders(folder);
    }

    private static Execution attach(WorkOrder order) {
        return new ProcessRunner().attach(order, order.parameters()).orElseThrow();
    }

    @Test
    void livingStepIsFoundAndItsExitCodeIsRead() throws Exception {
        WorkOrder order = orders.script("while [ ! -e go ]; do sleep 0.01; done\nexit 3");
        runner.start(order, order.parameters());
        await("it began").until(() -> Files.exists(order.home().resolve("pid")));

        Execution found = attach(order);
        Files.createFile(order.directory().resolve("go"));

        assertThat(found.await()).isEqualTo(new Result.Exited(3));
    }

    @Test
    void foundStepIsStoppedLikeAnyOther() throws Exception {
        WorkOrder order =
                orders.script("setsid sleep 1000 &\ntrap '' TERM\nwhile :; do sleep 0.1; done");
        runner.start(order, order.parameters());
        await("it began").until(() -> Files.exists(order.home().resolve("pid")));

        Execution found = attach(order);
        found.stop(Duration.ofMillis(50));

        assertThat(found.await()).isInstanceOf(Result.Broken.class);
        assertThat(new ProcessTree(order.attempt(), -1, null).members()).isEmpty();
    }

    /// Longer than anybody would guess that it takes.
    @Test
    void supervisorThatHasNotToldItsNumberYetIsWaitedFor() throws Exception {
        WorkOrder order = orders.script("true");
        Path pid = Files.createDirectories(order.home()).resolve("pid");
        Files.createFile(pid);
        ProcessBuilder slow =
                new ProcessBuilder(
                        "setsid",
                        "sh",
                        "-c",
                        "sleep 1.5; printf '%s\\n%s\\n' $$ \"$1\" >\"$2\"; sleep 0.2; echo 7 >\"$3\"",
                        "slow",
                        MachineBoot.id(),
                        pid.toString(),
                        order.home().resolve("rc").toString());
        slow.environment().put(ProcessTree.COOKIE, order.attempt().toString());
        slow.start();

        assertThat(attach(order).await()).isEqualTo(new Result.Exited(7));
    }

    @Test
    void supervisorThatDiedBeforeItToldItsNumberIsNotWaitedFor() throws Exception {
        WorkOrder order = orders.script("true");
        Files.createFile(Files.createDirectories(order.home()).resolve("pid"));

        assertThat(attach(order).await()).isInstanceOf(Result.Broken.class);
    }

    @Test
    void endedStepGivesTheExitCodeItLeft() throws Exception {
        WorkOrder order = orders.script("exit 9");
        runner.start(order, order.parameters()).await();

        assertThat(attach(order).await()).isEqualTo(new Result.Exited(9));
    }

    @Test
    void stepWithoutAnyTraceNeverStartedAndNeverWill() throws Exception {
        WorkOrder order = orders.script("touch ran");

        assertThat(new ProcessRunner().attach(order, order.parameters())).isEmpty();
        runner.start(order, order.parameters()).await();

        assertThat(order.directory().resolve("ran")).doesNotExist();
        assertThat(new ProcessRunner().attach(order, order.parameters())).isEmpty();
    }

    @Test
    void cutExitCodeDoesNotCount() throws Exception {
        WorkOrder order = orders.script("exit 12");
        runner.start(order, order.parameters()).await();
        Files.writeString(order.home().resolve("rc"), "1");

        assertThat(attach(order).await())
                .isEqualTo(
                        new Result.Broken(
                                "lost",
                                "the step's process ended while nobody watched and left no exit"
                                        + " code"));
    }

    @Test
    @Tag("R06")
    void reusedProcessNumberIsNeitherAttachedNorKilled() throws Exception {
        WorkOrder order = orders.script("true");
        runner.start(order, order.parameters()).await();
        Files.delete(order.home().resolve("rc"));
        Process innocent = new ProcessBuilder("sleep", "1000").start();
        try {
            // The pid file names a process that is alive but none of the attempt's
            List<String> lines = Files.readAllLines(order.home().resolve("pid"));
            Files.writeString(
                    order.home().resolve("pid"), innocent.pid() + "\n" + lines.get(1) + "\n");

            Execution found = attach(order);
            found.stop(Duration.ZERO);

            assertThat(found.await()).isInstanceOf(Result.Broken.class);
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    @Tag("R06")
    void numberThatNowIsAnotherStepsSupervisorIsNeitherAttachedNorKilled() throws Exception {
        WorkOrder ended = orders.script("true");
        runner.start(ended, ended.parameters()).await();
        Files.delete(ended.home().resolve("rc"));
        Orders others = new Orders(Files.createDirectory(folder.resolve("others")));
        WorkOrder living = others.script("while [ ! -e go ]; do sleep 0.01; done\nexit 3");
        Execution other = runner.start(living, living.parameters());
        await("it began").until(() -> Files.exists(living.home().resolve("pid")));
        // The pid file names a process that leads a session, as a supervisor does
        Files.writeString(
                ended.home().resolve("pid"), Files.readString(living.home().resolve("pid")));

        Execution found = attach(ended);
        found.stop(Duration.ZERO);

        assertThat(found.await()).isInstanceOf(Result.Broken.class);
        Files.createFile(living.directory().resolve("go"));
        assertThat(other.await()).isEqualTo(new Result.Exited(3));
    }

    @Test
    void anotherBootMeansLostUnlessTheExitCodeIsThere() throws Exception {
        WorkOrder order = orders.script("exit 4");
        runner.start(order, order.parameters()).await();
        List<String> lines = Files.readAllLines(order.home().resolve("pid"));
        Files.writeString(
                order.home().resolve("pid"),
                lines.get(0) + "\n00000000-0000-0000-0000-000000000000\n");

        assertThat(attach(order).await()).isEqualTo(new Result.Exited(4));

        Files.delete(order.home().resolve("rc"));
        assertThat(attach(order).await())
                .isEqualTo(
                        new Result.Broken("lost", "the machine was restarted while the step ran"));
    }

    @Test
    void straysOfALostStepAreKilled() throws Exception {
        WorkOrder order = orders.script("setsid sleep 1000 &\ntouch ready\nsleep 1000");
        runner.start(order, order.parameters());
        await("it is ready").until(() -> Files.exists(order.directory().resolve("ready")));
        long pid = Long.parseLong(Files.readAllLines(order.home().resolve("pid")).getFirst());
        ProcessHandle supervisor = ProcessHandle.of(pid).orElseThrow();
        supervisor.destroyForcibly();
        await("supervisor is dead").until(() -> !supervisor.isAlive());

        assertThat(attach(order).await()).isInstanceOf(Result.Broken.class);
        assertThat(new ProcessTree(order.attempt(), -1, null).members()).isEmpty();
    }

    @Test
    void aPidFileThatNobodyUnderstandsMeansLost() throws Exception {
        WorkOrder order = orders.script("true");
        Files.createDirectories(order.home());
        Files.writeString(order.home().resolve("pid"), "99999999999999999999\nsome boot\n");

        assertThat(attach(order).await()).isInstanceOf(Result.Broken.class);
    }
}
