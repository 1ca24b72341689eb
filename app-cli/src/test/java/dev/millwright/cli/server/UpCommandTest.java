package dev.millwright.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.cli.Cli;
import dev.millwright.cli.CliProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {
    @TempDir private Path folder;

    private Cli.Result up(String server) throws Exception {
        String port = Integer.toString(FreePort.near(18_080));
        return CliProcess.run(folder, server, Map.of(), "up", "--port", port);
    }

    @Test
    void theReasonOfAServerThatEndsAtOnceIsPrintedOnce() throws Exception {
        String reason = "millwright: the server cannot start: another server uses this folder";

        assertThat(up("echo '%s' >&2; exit 5".formatted(reason)))
                .isEqualTo(new Cli.Result(5, reason + "\n", ""));
        assertThat(up("echo 'millwright: no such key' >&2; exit 2").code()).isEqualTo(2);
    }

    @Test
    void aServerThatIsKilledAtOnceIsTold() throws Exception {
        assertThat(up("kill -9 $$"))
                .isEqualTo(
                        new Cli.Result(
                                5, "error: the server ended at once with exit code 137\n", ""));
    }
}
