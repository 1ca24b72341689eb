package dev.millwright.engine;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Measures what work costs, however busy the machine is.
public final class CpuTime {
    private CpuTime() {}

    /// The processor time that this thread spent on the work.
    public static Duration of(Runnable work) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
    }
}
