package dev.millwright.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something every second until it is closed, whatever it throws.
final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("ticker").factory());

    private Ticker() {}

    static Ticker start(Runnable work) {
        Ticker ticker = new Ticker();
        var _ = ticker.timer.scheduleWithFixedDelay(() -> quietly(work), 1, 1, TimeUnit.SECONDS);
        return ticker;
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.warn("what is done every second failed and is repeated: {}", failed.toString());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
