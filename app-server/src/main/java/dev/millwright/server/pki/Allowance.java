package dev.millwright.server.pki;

import java.time.Duration;

/// So much may be written down in a time; the rest is counted. Any thread.
final class Allowance {
    private final int most;
    private final Duration per;
    private long since = System.nanoTime();
    private int taken;
    private long left;

    Allowance(int most, Duration per) {
        this.most = most;
        this.per = per;
    }

    /// How many before this one were not written down; -1 when this one is not to be, either.
    synchronized long take() {
        long now = System.nanoTime();
        if (now - since > per.toNanos()) {
            since = now;
            taken = 0;
        }
        if (taken >= most) {
            left++;
            return -1;
        }
        taken++;
        long before = left;
        left = 0;
        return before;
    }
}
