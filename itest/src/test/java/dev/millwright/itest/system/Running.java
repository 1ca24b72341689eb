package dev.millwright.itest.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells whether processes of this machine run. Linux only. Any thread.
public final class Running {
    private static final String ENDED = "ZX";

    private Running() {}

    /// False also for a process that has ended and stands in the table until its parent asks for
    /// it, which [ProcessHandle] takes for alive.
    public static boolean is(long pid) {
        Path file = Path.of("/proc/%d/stat".formatted(pid));
        try {
            String stat = Files.readString(file);
            // The name before it is in parentheses and may hold anything
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return ENDED.indexOf(state) < 0;
        } catch (IOException unreadable) {
            if (Files.exists(file)) {
                throw new UncheckedIOException(unreadable);
            }
            return false;
        }
    }
}
