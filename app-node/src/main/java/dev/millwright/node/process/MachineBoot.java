package dev.millwright.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Tell one boot of this machine from the next, and this process from all others. Called from any
/// thread.
public final class MachineBoot {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UPTIME = Path.of("/proc/uptime");

    /// Stands for the boot on machines that do not tell.
    public static final String UNKNOWN = "-";

    private MachineBoot() {}

    /// Changes with every boot; [#UNKNOWN] where the system has no such thing.
    public static String id() {
        try {
            return Files.readString(LINUX).strip();
        } catch (IOException missing) {
            return UNKNOWN;
        }
    }

    /// How long ago the boot was, by a clock that nobody sets; empty where the system does not
    /// tell.
    public static Optional<Duration> age() {
        try {
            String seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return Optional.of(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
        } catch (IOException | NumberFormatException missing) {
            return Optional.empty();
        }
    }

    /// This process: its number, a blank, and its start, since numbers are used again. In a
    /// container they even are the same each time.
    public static String process() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + " " + self.info().startInstant().map(Object::toString).orElse(UNKNOWN);
    }

    /// The number of this process.
    public static long pid() {
        return ProcessHandle.current().pid();
    }
}
