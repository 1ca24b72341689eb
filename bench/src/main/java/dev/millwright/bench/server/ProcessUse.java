package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What Linux says that a process takes. Any thread.
public final class ProcessUse {
    private static final double KIB_PER_MB = 1e6 / 1024;

    private ProcessUse() {}

    /// Memory that is in RAM, in megabytes.
    public static double megabytes(long pid) {
        return read(Path.of("/proc/%d/status".formatted(pid)))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MB)
                .sum();
    }

    /// Processor time since the process began.
    public static Duration cpuTime(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new BenchException("nobody knows the time of process " + pid));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException otherSystem) {
            throw new BenchException("memory is read from /proc, which only Linux has");
        }
    }
}
