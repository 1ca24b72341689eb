package dev.millwright.node.attempt;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Runs something when time is up, by the monotonic clock. Called from any thread.
public final class Deadlines implements AutoCloseable {
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("node-deadlines").factory());

    /// Running what is returned takes the deadline back.
    public Runnable after(Duration time, Runnable action) {
        ScheduledFuture<?> pending =
                timer.schedule(
                        () -> Thread.ofVirtual().start(action),
                        Math.max(0, time.toMillis()),
                        TimeUnit.MILLISECONDS);
        return () -> pending.cancel(false);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
