package dev.millwright.server;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something every second until it is closed, whatever it throws.
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private final ScheduledExecutorService timer;

    private Ticker(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /// @param name of its thread
    static Ticker start(String name, Runnable work) {
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
        var _ = timer.scheduleWithFixedDelay(() -> quietly(name, work), 1, 1, SECONDS);
        return new Ticker(timer);
    }

    private static void quietly(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failed) {
            log.warn(
                    "what {} does every second failed and is repeated: {}",
                    name,
                    failed.toString());
            log.debug("where {} failed", name, failed);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
