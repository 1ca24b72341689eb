package dev.millwright.server;

import dev.millwright.server.queue.Wakeup;
import dev.millwright.server.queue.WakeupHandler;
import dev.millwright.server.retention.Removed;
import dev.millwright.server.retention.Retention;
import dev.millwright.server.run.RunSystem;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands every wake-up to the area that it is for. Called from the queue's threads.
final class Wakeups implements WakeupHandler {
    private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

    private final RunSystem runs;
    private final Retention retention;
    private final InstantSource clock;
    private final Duration retentionInterval;
    private final Consumer<Tx> enqueueRetention;
    private final Database database;
    private final AtomicReference<Instant> nextRetention;

    Wakeups(
            RunSystem runs,
            Retention retention,
            InstantSource clock,
            Duration retentionInterval,
            Consumer<Tx> enqueueRetention,
            Database database) {
        this.runs = runs;
        this.retention = retention;
        this.clock = clock;
        this.retentionInterval = retentionInterval;
        this.enqueueRetention = enqueueRetention;
        this.database = database;
        this.nextRetention = new AtomicReference<>(clock.instant().plusSeconds(60));
    }

    @Override
    public void handle(Wakeup wakeup) {
        switch (wakeup) {
            case Wakeup.StartRun(var delivery) -> runs.starter().start(delivery);
            case Wakeup.AdvanceRun(var run) -> runs.driver().advance(run);
            case Wakeup.FireCron _ -> log.debug("schedules are looked at every second anyway");
            case Wakeup.Retention _ -> retain();
            case Wakeup.Sweep _ -> sweep();
        }
    }

    private void retain() {
        Removed removed = retention.run(clock.instant());
        if (!removed.isNothing()) {
            log.info("retention removed {}", removed);
        }
    }

    private void sweep() {
        runs.sweeper().sweep();
        Instant due = nextRetention.get();
        Instant now = clock.instant();
        if (now.isAfter(due) && nextRetention.compareAndSet(due, now.plus(retentionInterval))) {
            database.change(enqueueRetention);
        }
    }
}
