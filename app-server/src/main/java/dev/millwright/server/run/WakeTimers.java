package dev.millwright.server.run;

import dev.millwright.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks at a run again at its next moment. A wake-up that is lost here is found by the sweep,
/// which reads `runs.wake_at`; one that comes too early or twice does no harm.
///
/// Called from any thread.
final class WakeTimers implements AutoCloseable {
    private final InstantSource clock;
    private final Consumer<RunId> advance;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("run-timers").factory());

    WakeTimers(InstantSource clock, Consumer<RunId> advance) {
        this.clock = clock;
        this.advance = advance;
    }

    void wakeAt(RunId run, Instant at) {
        // One millisecond more, so that the moment has passed when the decision is taken
        long delay = Math.max(0, Duration.between(clock.instant(), at).toMillis()) + 1;
        try {
            var _ =
                    timer.schedule(
                            () ->
                                    Thread.ofVirtual()
                                            .name("wake-" + run)
                                            .start(() -> advance.accept(run)),
                            delay,
                            TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            // The next life of the server finds the run by its stored wake-up time
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
