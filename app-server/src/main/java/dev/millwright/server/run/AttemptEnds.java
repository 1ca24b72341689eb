package dev.millwright.server.run;

import dev.millwright.engine.progress.Signal;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.store.StoreUnavailableException;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ends attempts: an attempt is closed, and its run hears of it, in one transaction.
///
/// Ends of one run that come while another one is being stored wait for it and are then stored
/// together, so that a thousand nodes which finish at once do not mean a thousand decisions about a
/// thousand steps each. An end is stored when [#end] returns. Any thread.
final class AttemptEnds {
    /// As many as a transaction stores well within the time that a statement may take.
    private static final int TOGETHER = 250;

    private final RunDriver driver;
    private final KeyLocks<RunId> locks;
    private final Fleet fleet;
    private final Map<RunId, Batch> waiting = new ConcurrentHashMap<>();

    /// @param locks of the runs that the driver decides about
    AttemptEnds(RunDriver driver, KeyLocks<RunId> locks) {
        this.driver = driver;
        this.locks = locks;
        this.fleet = driver.fleet();
    }

    /// How an attempt ends.
    ///
    /// @param cause a word of `AttemptEnd`
    /// @param signal what its run is told
    record Ending(
            AttemptRecord attempt,
            String cause,
            @Nullable Outcome outcome,
            @Nullable Integer exitCode,
            @Nullable Instant startedAt,
            Instant endedAt,
            Signal signal) {

        /// Of an attempt of which nothing is known.
        static Ending unknown(AttemptRecord attempt, String cause, Instant now, Signal signal) {
            return new Ending(attempt, cause, null, null, null, now, signal);
        }

        /// False when the attempt has ended before.
        private boolean close(Tx tx) {
            return tx.dao(AttemptDao.class)
                            .end(attempt.id().value(), cause, outcome, exitCode, startedAt, endedAt)
                    > 0;
        }
    }

    /// Store the end of an attempt and carry out what follows; an attempt that has ended before is
    /// left as it is. Throws what the database throws; then the attempt's end may be said again.
    void end(Ending ending) {
        RunId run = ending.attempt().run();
        fleet.release(ending.attempt().id());
        Batch batch = join(run, ending);
        locks.locked(
                run,
                () -> {
                    waiting.remove(run, batch);
                    batch.storeOnce();
                    return true;
                });
        batch.check(ending);
        fleet.forget(ending.attempt().node(), ending.attempt().id());
        driver.placeWaiting();
    }

    private Batch join(RunId run, Ending ending) {
        return waiting.compute(
                run,
                (id, open) -> {
                    Batch batch = open == null || open.isFull() ? new Batch() : open;
                    batch.add(ending);
                    return batch;
                });
    }

    private void store(List<Ending> endings) {
        driver.signal(
                endings.getFirst().attempt().run(),
                tx -> {
                    List<Signal> signals =
                            endings.stream().filter(e -> e.close(tx)).map(Ending::signal).toList();
                    return signals.isEmpty() ? Optional.empty() : Optional.of(signals);
                },
                !driver.othersWait());
    }

    /// Ends of one run that are stored together. Grows until it is taken out of [#waiting].
    private final class Batch {
        private final List<Ending> endings = new ArrayList<>();
        private final Map<Ending, RuntimeException> failures = new HashMap<>();
        private boolean stored;

        synchronized void add(Ending ending) {
            endings.add(ending);
        }

        synchronized boolean isFull() {
            return endings.size() >= TOGETHER;
        }

        /// The first of those that wait for it stores it for all.
        synchronized void storeOnce() {
            if (stored) {
                return;
            }
            stored = true;
            try {
                store(endings);
            } catch (StoreUnavailableException away) {
                endings.forEach(ending -> failures.put(ending, away));
            } catch (RuntimeException failed) {
                if (endings.size() == 1) {
                    failures.put(endings.getFirst(), failed);
                } else {
                    endings.forEach(this::storeAlone);
                }
            }
        }

        /// What is wrong with one end must not keep the others from being stored.
        private void storeAlone(Ending ending) {
            try {
                store(List.of(ending));
            } catch (RuntimeException failed) {
                failures.put(ending, failed);
            }
        }

        synchronized void check(Ending ending) {
            RuntimeException failure = failures.get(ending);
            if (failure != null) {
                throw failure;
            }
        }
    }
}
