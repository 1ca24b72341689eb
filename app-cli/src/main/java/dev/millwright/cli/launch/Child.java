package dev.millwright.cli.launch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A process that was started by this one. Any thread.
public final class Child {
    private final Process process;

    Child(Process process) {
        this.process = process;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Its exit code; 128 and the signal when it was killed. Only once it is over.
    public int exitCode() {
        return process.exitValue();
    }

    /// Wait for its end; false when it is still alive after that time.
    public boolean await(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /// Ask it to end, wait, and end it with force when it does not; false when force was needed.
    public boolean stop(Duration grace) {
        process.destroy();
        if (await(grace)) {
            return true;
        }
        process.destroyForcibly();
        await(Duration.ofSeconds(5));
        return false;
    }
}
