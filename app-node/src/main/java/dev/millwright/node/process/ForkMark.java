package dev.millwright.node.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileInputStream;
import java.io.IOException;

/// A moment in the numbering of processes: all that is started later has a higher number, until the
/// numbers begin anew.
///
/// @param lastPid the number given last; -1 when the system does not tell
record ForkMark(long lastPid, long nanos) {
    /// More than any machine forks.
    private static final long FORKS_PER_SECOND = 20_000;

    private static final int LONGEST = 128;
    private static final long HIGHEST_PID = highestPid();

    static ForkMark now() {
        try {
            String load = read("/proc/loadavg");
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
            return Long.parseLong(read("/proc/sys/kernel/pid_max"));
        } catch (IOException | NumberFormatException untold) {
            return 0;
        }
    }

    /// In one read: files below `/proc/sys` give nothing to a second one.
    private static String read(String file) throws IOException {
        try (var in = new FileInputStream(file)) {
            byte[] bytes = new byte[LONGEST];
            return new String(bytes, 0, Math.max(0, in.read(bytes)), UTF_8).strip();
        }
    }
}
