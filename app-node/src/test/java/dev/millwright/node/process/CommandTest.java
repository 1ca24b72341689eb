package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With real processes.
class CommandTest {
    @TempDir Path folder;

    private CommandResult run(Duration timeout, String script) throws InterruptedException {
        List<String> argv = List.of("sh", "-c", script);
        return new Command(argv, folder, Map.of("PATH", "/usr/bin:/bin"), timeout).run();
    }

    private CommandResult run(String script) throws InterruptedException {
        return run(Duration.ofSeconds(60), script);
    }

    @Test
    void bothStreamsAndTheExitCodeAreGiven() throws Exception {
        CommandResult result = run("echo out; echo err >&2; exit 3");

        assertThat(result.out()).isEqualTo("out\n");
        assertThat(result.err()).isEqualTo("err\n");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.timedOut()).isFalse();
    }

    @Test
    void ofMuchOutputTheEndIsKept() throws Exception {
        assertThat(run("seq 100000 >&2; echo last >&2").err())
                .hasSize(16 * 1024)
                .endsWith("100000\nlast\n");
        assertThat(run("seq 2000000").out()).startsWith("1\n2\n").endsWith("\n2000000\n");
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aDaemonThatKeepsTheStreamsOpenIsNotWaitedFor() throws Exception {
        CommandResult result = run("echo said; sleep 60 & echo $! >daemon; exit 0");

        long daemon = Long.parseLong(Files.readString(folder.resolve("daemon")).strip());
        assertThat(result.out()).isEqualTo("said\n");
        assertThat(ProcessHandle.of(daemon).orElseThrow().destroyForcibly()).isTrue();
    }

    /// Looks again and again.
    private record Looking(BooleanSupplier goesOn) implements Command.Watch {
        @Override
        public boolean letsGoOn() {
            return goesOn.getAsBoolean();
        }

        @Override
        public Duration pause() {
            return Duration.ofMillis(10);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aWatchEndsItWithItsChildren() throws Exception {
        Command.Watch watch = new Looking(() -> !Files.exists(folder.resolve("enough")));
        List<String> argv = List.of("sh", "-c", "sleep 60 & echo $! >child; >enough; wait");
        CommandResult result =
                new Command(argv, folder, Map.of("PATH", "/usr/bin:/bin"), Duration.ofMinutes(5))
                        .run(watch);

        assertThat(result.isSuccess()).isFalse();
        assertThat(result.timedOut()).isFalse();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatItPrintsCanBeHandedOnUntilItIsEnough() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Map<String, String> path = Map.of("PATH", "/usr/bin:/bin");
        List<String> some = List.of("seq", "100000");
        assertThat(new Command(some, folder, path, Duration.ofMinutes(5)).run(all).isSuccess())
                .isTrue();
        assertThat(all.toString(UTF_8)).startsWith("1\n2\n").endsWith("\n100000\n");

        OutputStream full =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("full");
                    }
                };
        List<String> endless = List.of("yes");
        assertThat(new Command(endless, folder, path, Duration.ofMinutes(5)).run(full).timedOut())
                .isFalse();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void whatCannotBeHandedOnToItsEndHasTakenTooLong() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        try {
                            goOn.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        List<String> argv = List.of("sh", "-c", "echo said");

        CommandResult result =
                new Command(argv, folder, Map.of("PATH", "/usr/bin:/bin"), Duration.ofSeconds(1))
                        .run(slow);

        goOn.countDown();
        assertThat(result.timedOut()).isTrue();
        assertThat(result.isSuccess()).isFalse();
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void aWatchThatThrowsLeavesNoProcess() throws Exception {
        Command.Watch watch =
                new Looking(() -> {
                    if (Files.exists(folder.resolve("enough"))) {
                        throw new IllegalStateException("cannot look");
                    }
                    return true;
                });
        List<String> argv = List.of("sh", "-c", "echo $$ >pid; >enough; sleep 60; true");
        Command command =
                new Command(argv, folder, Map.of("PATH", "/usr/bin:/bin"), Duration.ofMinutes(5));

        assertThatThrownBy(() -> command.run(watch)).hasMessage("cannot look");

        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whatTakesTooLongIsKilledWithItsChildren() throws Exception {
        CommandResult result =
                run(Duration.ofMillis(300), "sleep 61 & echo $! >child; wait; echo never");

        assertThat(result.timedOut()).isTrue();
        assertThat(result.out()).isEmpty();
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aProgramThatIsNotThereIsAnError() {
        Command missing =
                new Command(List.of("no-such-tool"), folder, Map.of(), Duration.ofSeconds(1));

        assertThatThrownBy(missing::run)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("no-such-tool");
    }
}
