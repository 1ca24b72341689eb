package dev.millwright.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/// Programs of the machine that tests call. Any thread.
public final class Programs {
    private Programs() {}

    /// Run one to its end; throws [AssertionError] with its words when it fails.
    public static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }
}
