package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
