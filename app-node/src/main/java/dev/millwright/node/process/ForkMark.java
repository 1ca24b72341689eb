package dev.millwright.node.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A moment in the numbering of processes: all that is started later has a higher number, until the
/// numbers begin anew.
///
/// @param lastPid the number given last; -1 when the system does not tell
record ForkMark(long lastPid, long nanos) {
    private static final Path LOAD = Path.of("/proc/loadavg");

    /// More than any machine forks.
    private static final long FORKS_PER_SECOND = 20_000;

    private static final long HIGHEST_PID = highestPid();

    static ForkMark now() {
        try {
            String load = Files.readString(LOAD).strip();
            long last = Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
            return new ForkMark(last > 0 ? last : -1, System.nanoTime());
        } catch (IOException | NumberFormatException untold) {
            return new ForkMark(-1, System.nanoTime());
        }
    }

    /// Whether the numbers given between the two marks are known for sure.
    boolean reaches(ForkMark later) {
        double seconds = (later.nanos - nanos) / 1e9;
        return lastPid >= 0 && later.lastPid >= lastPid && seconds * FORKS_PER_SECOND < HIGHEST_PID;
    }

    private static long highestPid() {
        try {
            return Long.parseLong(Files.readString(Path.of("/proc/sys/kernel/pid_max")).strip());
        } catch (IOException | NumberFormatException untold) {
            return 0;
        }
    }
}
