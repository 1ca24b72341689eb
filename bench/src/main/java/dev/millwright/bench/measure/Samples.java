package dev.millwright.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Measured values of one kind. One thread.
public final class Samples {
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Double> values = new ArrayList<>();

    public void add(double value) {
        values.add(value);
    }

    public void addNanos(long nanos) {
        add(nanos / NANOS_PER_MILLI);
    }

    /// Measure how long the work takes, in milliseconds.
    public void time(Work work) throws InterruptedException {
        long start = System.nanoTime();
        work.run();
        addNanos(System.nanoTime() - start);
    }

    public int size() {
        return values.size();
    }

    public double median() {
        return percentile(50);
    }

    public double most() {
        return percentile(100);
    }

    /// The smallest value that so many per cent of all values do not exceed.
    public double percentile(int percent) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(1, rank) - 1);
    }

    /// What is measured.
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }
}
