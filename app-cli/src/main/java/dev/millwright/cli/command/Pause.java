package dev.millwright.cli.command;

import java.time.Duration;

/// Waits a little before something is looked at again. Any thread.
public final class Pause {
    private Pause() {}

    /// Wait. An interrupt ends the command: throws [CliException] with [ExitCode#INTERRUPTED].
    public static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.INTERRUPTED, "interrupted", stopped);
        }
    }
}
