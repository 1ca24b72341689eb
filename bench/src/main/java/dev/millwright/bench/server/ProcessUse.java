package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What Linux says that a process takes. Any thread.
public final class ProcessUse {
    private static final double KIB_PER_MB = 1e6 / 1024;
    private static final int COLLECTIONS = 2;

    private ProcessUse() {}

    /// Memory that is in RAM, in megabytes.
    public static double megabytes(long pid) {
        return status(pid, "VmRSS:");
    }

    /// What of it is not pages of files, which processes share and Linux can drop.
    public static double ownMegabytes(long pid) {
        return status(pid, "RssAnon:");
    }

    private static double status(long pid, String name) {
        return read(Path.of("/proc/%d/status".formatted(pid)))
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MB)
                .sum();
    }

    /// The same after a JVM has given back what it does not need, which stops it for a moment.
    public static double residentAfterCollection(long pid) throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect(pid);
        }
        return megabytes(pid);
    }

    private static void collect(long pid) throws InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process collection =
                    new ProcessBuilder(tool.toString(), Long.toString(pid), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (collection.waitFor() != 0) {
                throw new BenchException("process %d cannot be told to collect".formatted(pid));
            }
        } catch (IOException missing) {
            throw new BenchException("there is no " + tool, missing);
        }
    }

    /// The share of one processor that a process takes from now on, 1 for all of it.
    public static double share(long pid, Duration time) throws InterruptedException {
        return shares(List.of(pid), time).getFirst();
    }

    /// The same of several at once, in their order.
    public static List<Double> shares(List<Long> pids, Duration time) throws InterruptedException {
        List<Duration> before = pids.stream().map(ProcessUse::cpuTime).toList();
        Thread.sleep(time);
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < pids.size(); i++) {
            Duration used = cpuTime(pids.get(i)).minus(before.get(i));
            shares.add((double) used.toNanos() / time.toNanos());
        }
        return shares;
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
