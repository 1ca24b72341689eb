package dev.millwright.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProcessGroupTest {
    private Process process;

    /// It leads no group, as a supervisor that has only just been started.
    @BeforeEach
    void start() throws IOException {
        process = new ProcessBuilder("sleep", "1000").start();
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void whatHasNotMadeItsGroupYetIsTerminatedByItself() throws Exception {
        ProcessGroup.terminate(process.pid());

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void whatHasNotMadeItsGroupYetIsKilledByItself() throws Exception {
        ProcessGroup.kill(process.pid());

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }
}
