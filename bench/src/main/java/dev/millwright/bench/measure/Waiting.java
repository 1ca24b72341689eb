package dev.millwright.bench.measure;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Wait with a deadline.
public final class Waiting {
    private Waiting() {}

    /// Ask again and again until the answer is yes.
    ///
    /// @param what named when it does not come to that in time
    public static void until(
            String what, Duration atMost, Duration pause, BooleanSupplier condition)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                throw new BenchException("%s: not within %d s".formatted(what, atMost.toSeconds()));
            }
            Thread.sleep(pause);
        }
    }
}
