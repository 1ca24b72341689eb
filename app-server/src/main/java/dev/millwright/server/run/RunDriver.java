package dev.millwright.server.run;

import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.model.AttemptId;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.RunId;
import dev.millwright.model.run.RunPhase;
import dev.millwright.node.Assignment;
import dev.millwright.node.NodeReports;
import dev.millwright.server.node.LocalNode;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StaleRevisionException;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives runs: takes a signal, lets [Progress] decide, stores the next state by compare-and-set,
/// and then carries out what was decided.
///
/// Every method may be repeated, and may be called from any thread; one run is decided about by one
/// thread at a time.
public final class RunDriver implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RunDriver.class);
    private static final int TRIES = 10;

    private final Database database;
    private final RunStore store;
    private final Advance.Tools tools;
    private final InstantSource clock;
    private final Duration grace;
    private final RunLocks locks = new RunLocks();
    private final WaitingRuns waiting = new WaitingRuns();
    private final ConcurrentHashMap<RunId, ActiveRun> active = new ConcurrentHashMap<>();
    private final WakeTimers timers;
    private final LocalNode node;
    private final Consumer<RunId> onFinished;

    /// What the driver works with.
    ///
    /// @param logEnded told when an attempt's log is complete, so that followers end
    /// @param node makes the node from the place where it has to report
    /// @param grace between TERM and KILL of a step that is stopped
    /// @param ids gives time-ordered ids for attempts
    record Parts(
            Database database,
            RunStore store,
            Progress progress,
            AssignmentMaker assignments,
            LogSink logs,
            Consumer<AttemptId> logEnded,
            Function<NodeReports, LocalNode> node,
            InstantSource clock,
            Supplier<UUID> ids,
            Duration grace) {}

    RunDriver(Parts parts) {
        this.database = parts.database();
        this.store = parts.store();
        this.clock = parts.clock();
        this.grace = parts.grace();
        this.timers = new WakeTimers(clock, this::advanceQuietly);
        this.node =
                parts.node().apply(new RunReports(database, parts.logs(), parts.logEnded(), this));
        this.tools =
                new Advance.Tools(parts.progress(), store, node, parts.assignments(), parts.ids());
        this.onFinished = new GroupQueue(database, this::signal)::runFinished;
    }

    LocalNode node() {
        return node;
    }

    Progress progress() {
        return tools.progress();
    }

    /// Look at the run again; for wake-ups of every kind. Unknown and finished runs are left alone.
    public void advance(RunId run) {
        signal(run, List.of());
    }

    private void advanceQuietly(RunId run) {
        try {
            advance(run);
        } catch (RuntimeException failed) {
            // The sweep finds the run again by its wake-up time
            log.warn("run {} could not be advanced: {}", run, failed.toString());
        }
    }

    /// Ask the run to stop, and do not mind when it is over already.
    void cancelQuietly(RunId run, String reason) {
        try {
            signal(run, List.of(new Signal.CancelRequested("millwright", reason)));
        } catch (RuntimeException failed) {
            log.warn("run {} could not be cancelled: {}", run, failed.toString());
        }
    }

    /// Tell the run what happened and carry out what follows.
    public void signal(RunId run, List<Signal> signals) {
        signal(run, signals, tx -> true, waiting.isEmpty());
        placeWaiting();
    }

    /// Like [#signal], with a check in the same transaction; when it gives false nothing happens.
    boolean signal(RunId run, List<Signal> signals, Function<Tx, Boolean> check, boolean mayPlace) {
        return locks.locked(run, () -> signalLocked(run, signals, check, mayPlace));
    }

    private boolean signalLocked(
            RunId run, List<Signal> signals, Function<Tx, Boolean> check, boolean mayPlace) {
        for (int tries = 1; ; tries++) {
            try {
                Optional<Step> step = database.write(tx -> step(tx, run, signals, check, mayPlace));
                step.ifPresent(this::carryOut);
                return step.isPresent();
            } catch (StaleRevisionException stale) {
                active.remove(run);
                if (tries == TRIES) {
                    throw stale;
                }
            }
        }
    }

    /// One stored decision and what follows from it.
    private record Step(ActiveRun run, Effects effects) {}

    private Optional<Step> step(
            Tx tx, RunId id, List<Signal> signals, Function<Tx, Boolean> check, boolean mayPlace) {
        @Nullable ActiveRun run = active.get(id);
        if (run == null) {
            run = store.load(tx, id).orElse(null);
        }
        if (run == null || run.state().isFinished() || !check.apply(tx)) {
            return Optional.empty();
        }
        return Optional.of(decide(tx, run, signals, mayPlace));
    }

    private Step decide(Tx tx, ActiveRun run, List<Signal> signals, boolean mayPlace) {
        Advance advance = new Advance(tools, tx, run, clock.instant(), mayPlace);
        tx.atEnd(() -> {
            if (!tx.isCommitted()) {
                advance.undo();
            }
        });
        return new Step(advance.run(signals), advance.effects());
    }

    /// Store a new run and decide about it for the first time, all in the given transaction. The
    /// caller calls [#begin] after its commit.
    Begun insert(Tx tx, ActiveRun run) {
        store.insert(tx, run);
        return new Begun(decide(tx, run, List.of(), waiting.isEmpty()));
    }

    /// Store a new run that cannot run, and why.
    Begun insertBroken(Tx tx, ActiveRun run, String why) {
        store.insert(tx, run);
        ActiveRun ended = BrokenRun.end(run, why, clock.instant());
        Effects effects = new Effects();
        effects.finished = true;
        return new Begun(new Step(store.save(tx, run, ended, List.of(0)), effects));
    }

    /// A run that was stored and not carried on yet.
    static final class Begun {
        private final Step step;

        private Begun(Step step) {
            this.step = step;
        }
    }

    void begin(Begun begun) {
        locks.locked(
                begun.step.run().record().id(),
                () -> {
                    carryOut(begun.step);
                    return true;
                });
        placeWaiting();
    }

    private void carryOut(Step step) {
        RunId run = step.run().record().id();
        Effects effects = step.effects();
        if (step.run().state().isFinished()) {
            active.remove(run);
            waiting.remove(run);
        } else {
            active.put(run, step.run());
        }
        if (!effects.starts.isEmpty()) {
            CrashPoints.hit("K06");
        }
        if (step.run().record().phase() == RunPhase.CANCELLING && !effects.stops.isEmpty()) {
            CrashPoints.hit("K12");
        }
        for (Assignment start : effects.starts) {
            startOn(node, start);
        }
        for (Effects.StopOrder stop : effects.stops) {
            node.stop(stop.attempt(), stop.reason(), grace);
        }
        if (effects.wantsSlot) {
            waiting.add(run);
        }
        if (effects.wakeAt != null && !step.run().state().isFinished()) {
            timers.wakeAt(run, effects.wakeAt);
        }
        if (effects.finished) {
            node.forgetRun(run);
            Thread.ofVirtual().name("after-" + run).start(() -> onFinished.accept(run));
        }
    }

    private void startOn(LocalNode target, Assignment start) {
        try {
            target.start(start);
        } catch (RuntimeException failed) {
            log.warn("attempt {} could not be handed to its node", start.attempt(), failed);
            Thread.ofVirtual().start(() -> giveBack(start));
        }
    }

    /// The node did not take the attempt, so it never began.
    private void giveBack(Assignment start) {
        neverStarted(start.run(), start.attempt());
    }

    /// It is proven that no process of the attempt exists: close it and let the leaf start again.
    void neverStarted(RunId run, AttemptId attempt) {
        node.release(attempt);
        Optional<AttemptRecord> known =
                database.read(tx -> tx.dao(AttemptDao.class).find(attempt.value()));
        known.ifPresent(record -> {
            ActiveRun runNow = active(run);
            Signal signal =
                    new Signal.NeverStarted(
                            runNow.plan().step(record.position()).path(), record.number());
            signal(
                    run,
                    List.of(signal),
                    tx -> endAttempt(tx, record, "never-started"),
                    waiting.isEmpty());
        });
        placeWaiting();
    }

    private boolean endAttempt(Tx tx, AttemptRecord attempt, String cause) {
        return tx.dao(AttemptDao.class)
                        .end(attempt.id().value(), cause, null, null, null, clock.instant())
                > 0;
    }

    /// Find attempts that were given to the node and never reached it: the answer to a commit was
    /// lost, or the thread that was to hand them over. Their leaves start again.
    void startLost(Instant before) {
        List<AttemptRecord> live =
                database.read(tx -> tx.dao(AttemptDao.class).live(node.name().value()));
        for (AttemptRecord attempt : live) {
            if (attempt.assignedAt().isBefore(before) && node.refuseUnknown(attempt.id())) {
                log.warn("attempt {} never reached its node; its step starts again", attempt.id());
                neverStarted(attempt.run(), attempt.id());
            }
        }
    }

    /// The run as it is stored now.
    ActiveRun active(RunId run) {
        ActiveRun known = active.get(run);
        if (known != null) {
            return known;
        }
        return database.read(tx -> store.load(tx, run)).orElseThrow();
    }

    /// Whether other runs have been waiting for a slot.
    boolean othersWait() {
        return !waiting.isEmpty();
    }

    /// Give free slots to the runs that wait for one, in turn. Holds no lock when it is called.
    void placeWaiting() {
        while (node.hasFreeSlot()) {
            Optional<RunId> next = waiting.takeFirst();
            if (next.isEmpty()) {
                return;
            }
            try {
                signal(next.get(), List.of(), tx -> true, true);
            } catch (RuntimeException failed) {
                waiting.add(next.get());
                log.warn("run {} could not be given a slot: {}", next.get(), failed.toString());
                return;
            }
        }
    }

    /// Repeat what a stored state still asks for, after a restart of the server.
    void resume(RunId run) {
        ActiveRun runNow = active(run);
        for (Action action : tools.progress().outstanding(runNow.plan(), runNow.state())) {
            if (action instanceof Action.Stop stop) {
                stopLive(runNow, stop);
            }
        }
        advance(run);
    }

    private void stopLive(ActiveRun run, Action.Stop stop) {
        int position = run.plan().indexOf(stop.path());
        database.read(tx -> tx.dao(AttemptDao.class).ofRun(run.record().id().value())).stream()
                .filter(attempt -> attempt.position() == position)
                .filter(attempt -> attempt.phase() == AttemptRecord.Phase.LIVE)
                .forEach(attempt -> node.stop(attempt.id(), stop.reason(), grace));
    }

    /// Stop deciding. Running steps go on without the server and are found again at its next start.
    @Override
    public void close() {
        timers.close();
        node.close();
    }
}
