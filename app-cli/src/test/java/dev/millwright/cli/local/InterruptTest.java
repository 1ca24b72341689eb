package dev.millwright.cli.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.cli.CliMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {
    @TempDir private Path folder;

    private Process start(String pipeline) throws Exception {
        Files.writeString(folder.resolve(".millwright.yaml"), pipeline);
        List<String> command = new ArrayList<>();
        if (System.getProperty("os.name").equals("Linux")) {
            // Whoever runs the tests in the background has told them to ignore Ctrl-C
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CliMain.class.getName(),
                        "local"));
        var builder = new ProcessBuilder(command);
        return builder.directory(folder.toFile()).redirectErrorStream(true).start();
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    @Test
    void theFirstInterruptCancelsTheRunAndItsTeardownStillRuns() throws Exception {
        Process process =
                start(
                        """
                        steps:
                          - name: long
                            commands: [touch begun, sleep 60]
                            teardown: [{name: tidy, commands: [touch tidied]}]
                        """);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("begun")));

        interrupt(process);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
                .contains("cancelled in");
        assertThat(folder.resolve("tidied")).exists();
    }

    @Test
    void theSecondInterruptStopsTheTeardownToo() throws Exception {
        Process process =
                start(
                        """
                        steps:
                          - name: long
                            commands: [touch begun, sleep 60]
                            teardown: [{name: tidy, commands: [touch tidying, sleep 60]}]
                        """);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("begun")));
        interrupt(process);
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(folder.resolve("tidying")));

        interrupt(process);

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }
}
