package dev.millwright.cli.remote;

import dev.millwright.api.ApiException;
import dev.millwright.api.LiveStream;
import dev.millwright.api.MillwrightClient;
import dev.millwright.api.event.EventView;
import dev.millwright.cli.command.Outage;
import dev.millwright.cli.command.Pause;
import dev.millwright.cli.tree.RunProgress;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.model.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Looks at one run again and again, whatever happens to the connection, and tells when the server
/// is away. One thread.
final class RunView implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    /// The run shows up a moment after its delivery was accepted.
    private static final long ACCEPTED_NANOS = Duration.ofSeconds(60).toNanos();

    /// A stream stands long after its other end was cut off; asking is what tells.
    private static final long QUIET_NANOS = Duration.ofSeconds(3).toNanos();

    /// Streams break and are made anew; what lasts longer is a reason to ask.
    private static final long BROKEN_NANOS = Duration.ofSeconds(1).toNanos();

    private final MillwrightClient client;
    private final RunId run;
    private final RunProgress progress;
    private final BooleanSupplier over;
    private final Outage outage;
    private final Asking asking;
    private final long start = System.nanoTime();
    private long askedAt = start;
    private boolean known;

    /// @param over whether nobody wants to look any longer
    RunView(MillwrightClient client, RunId run, RunProgress progress, BooleanSupplier over) {
        this.client = client;
        this.run = run;
        this.progress = progress;
        this.over = over;
        this.outage = new Outage(progress::note);
        this.asking =
                new Asking(
                        outage,
                        () -> {
                            if (known) {
                                progress.tick();
                            }
                        },
                        over);
    }

    /// What the run looks like now; empty when that cannot be told at this moment.
    Optional<Snapshot> look() {
        try {
            Optional<Snapshot> seen = asking.ask(() -> RunWatch.look(client, run));
            known |= seen.isPresent();
            return seen;
        } catch (ApiException refused) {
            boolean awaited = !known && System.nanoTime() - start < ACCEPTED_NANOS;
            if (isAway(refused) || (refused.status() == 404 && awaited)) {
                outage.note(!isAway(refused));
                Pause.of(TICK);
                return Optional.empty();
            }
            throw refused;
        } finally {
            askedAt = System.nanoTime();
        }
    }

    private static boolean isAway(ApiException refused) {
        return refused.isUnreachable() || refused.status() >= 500;
    }

    /// Show every change until the run is finished, the stream of changes is no longer to be
    /// trusted, or nobody wants to look any longer.
    ///
    /// @return how the run looked last
    Snapshot watch(Snapshot first) {
        Snapshot last = first;
        progress.show(last);
        if (last.status().isFinished()) {
            return last;
        }
        boolean missed = false;
        try (LiveStream<EventView> events = client.followRun(run, 0)) {
            while (!over.getAsBoolean()) {
                boolean news = drain(events);
                if (news || events.isEnded()) {
                    last = look().orElse(last);
                    progress.show(last);
                    if (last.status().isFinished()) {
                        return last;
                    }
                    // A run of many steps changes all the time; looking costs the server work.
                    Pause.of(Duration.ofMillis(Math.min(1000, 20 + last.steps().size() / 10)));
                } else {
                    progress.tick();
                    if (isQuiet(events)) {
                        boolean answers = isAnswering();
                        if (answers && (missed || !events.isConnected())) {
                            return last;
                        }
                        missed |= !answers;
                    }
                }
                if (events.isEnded()) {
                    return last;
                }
            }
        }
        return last;
    }

    private boolean isQuiet(LiveStream<EventView> events) {
        return System.nanoTime() - askedAt > (events.isConnected() ? QUIET_NANOS : BROKEN_NANOS);
    }

    /// Asks for what costs the server nothing.
    private boolean isAnswering() {
        try {
            return asking.ask(client::health).isPresent();
        } catch (ApiException refused) {
            outage.note(!isAway(refused));
            return !isAway(refused);
        } finally {
            askedAt = System.nanoTime();
        }
    }

    private static boolean drain(LiveStream<EventView> events) {
        boolean news = events.poll(TICK).isPresent();
        while (events.poll(Duration.ZERO).isPresent()) {
            news = true;
        }
        return news;
    }

    @Override
    public void close() {
        asking.close();
    }
}
