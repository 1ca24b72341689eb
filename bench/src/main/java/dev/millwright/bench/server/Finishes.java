package dev.millwright.bench.server;

import dev.millwright.api.LiveStream;
import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.measure.Waiting;
import java.time.Duration;
import java.util.Optional;

/// Hears of every run that ends, as somebody who follows the server live does. One thread.
public final class Finishes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(2);

    private final LiveStream<EventView> events;

    private Finishes(LiveStream<EventView> events) {
        this.events = events;
    }

    /// Hear of every run that ends from now on.
    public static Finishes follow(ServerProcess server) throws InterruptedException {
        Finishes finishes =
                new Finishes(
                        server.client()
                                .followEvents(EventQuery.ALL.ofType("run.finished").after(-1)));
        Waiting.until("the live stream", PATIENCE, PAUSE, finishes.events::isConnected);
        return finishes;
    }

    /// Wait until that run has ended well.
    public void await(String run) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<EventView> event = events.poll(Duration.ofSeconds(1));
            if (event.isPresent() && String.valueOf(event.get().runId()).equals(run)) {
                if (!"success".equals(event.get().data().get("outcome"))) {
                    throw new BenchException("run %s failed: %s".formatted(run, event.get()));
                }
                return;
            }
        }
        throw new BenchException("run %s did not end".formatted(run));
    }

    @Override
    public void close() {
        events.close();
    }
}
