package dev.millwright.server.run;

import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.model.RunId;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.secret.RepositorySecrets;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.StaleRevisionException;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
    private final KeyLocks<RunId> locks = new KeyLocks<>();
    private final WaitingRuns waiting = new WaitingRuns();
    private final ConcurrentHashMap<RunId, ActiveRun> active = new ConcurrentHashMap<>();
    private final WakeTimers timers;
    private final Fleet fleet;
    private final AttemptEnds ends;
    private final AttemptMasks masks;
    private final AttemptLosses losses;
    private final Consequences consequences;

    /// What the driver works with.
    ///
    /// @param fleet the nodes that get their work from here
    /// @param elsewhere asks the other servers to look at a run, because nodes that get their work
    ///   from them are concerned
    /// @param grace between TERM and KILL of a step that is stopped
    /// @param ids gives time-ordered ids for attempts
    record Parts(
            Database database,
            RunStore store,
            Progress progress,
            AssignmentMaker assignments,
            RepositorySecrets secrets,
            Fleet fleet,
            Consumer<RunId> elsewhere,
            InstantSource clock,
            Supplier<UUID> ids,
            Duration grace) {}

    RunDriver(Parts parts) {
        this.database = parts.database();
        this.store = parts.store();
        this.clock = parts.clock();
        this.timers = new WakeTimers(clock, this::advanceQuietly);
        this.fleet = parts.fleet();
        StepSecrets secrets = new StepSecrets(parts.secrets(), this::advanceQuietly);
        this.masks = new AttemptMasks(database, this::active, secrets);
        this.tools =
                new Advance.Tools(
                        parts.progress(),
                        store,
                        fleet,
                        parts.assignments(),
                        secrets,
                        parts.ids(),
                        !database.isH2());
        this.ends = new AttemptEnds(this, locks);
        this.losses = new AttemptLosses(database, this, clock);
        this.consequences =
                new Consequences(
                        new Consequences.Surroundings(
                                database,
                                fleet,
                                waiting,
                                timers,
                                masks,
                                secrets,
                                losses,
                                new GroupQueue(database, this::signal)::runFinished,
                                parts.elsewhere()),
                        parts.grace());
    }

    Fleet fleet() {
        return fleet;
    }

    /// What must not be seen of the output of attempts.
    AttemptMasks masks() {
        return masks;
    }

    /// Closes attempts and tells their runs.
    AttemptEnds ends() {
        return ends;
    }

    /// Gives up attempts of which nothing will come any more.
    AttemptLosses losses() {
        return losses;
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
        signal(run, tx -> Optional.of(signals), !othersWait());
        placeWaiting();
    }

    /// Like [#signal], with signals that are found out in the same transaction; when there are none
    /// to be told (empty) nothing happens.
    boolean signal(RunId run, Function<Tx, Optional<List<Signal>>> signals, boolean mayPlace) {
        return locks.locked(run, () -> signalLocked(run, signals, mayPlace));
    }

    private boolean signalLocked(
            RunId run, Function<Tx, Optional<List<Signal>>> signals, boolean mayPlace) {
        for (int tries = 1; ; tries++) {
            try {
                Optional<Step> step = database.write(tx -> step(tx, run, signals, mayPlace));
                step.ifPresent(this::carryOut);
                return step.isPresent();
            } catch (StaleRevisionException | DuplicateException overtaken) {
                // Another server was first: with the run, or with the attempt of a step
                active.remove(run);
                if (tries == TRIES) {
                    throw overtaken;
                }
            } catch (RuntimeException unknown) {
                // The commit may have happened although its answer was lost
                active.remove(run);
                throw unknown;
            }
        }
    }

    /// One stored decision and what follows from it.
    private record Step(ActiveRun run, Effects effects) {}

    private Optional<Step> step(
            Tx tx, RunId id, Function<Tx, Optional<List<Signal>>> signals, boolean mayPlace) {
        @Nullable ActiveRun known = active.get(id);
        if (known == null || isOvertaken(tx, known)) {
            known = store.load(tx, id).orElse(null);
        }
        if (known == null || known.state().isFinished()) {
            return Optional.empty();
        }
        ActiveRun run = known;
        return signals.apply(tx).map(told -> decide(tx, run, told, mayPlace));
    }

    /// Whether another server has decided about the run since.
    private boolean isOvertaken(Tx tx, ActiveRun run) {
        return !database.isH2()
                && tx.dao(RunDao.class)
                        .revision(run.record().id().value())
                        .filter(stored -> stored == run.record().revision())
                        .isEmpty();
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
        return new Begun(decide(tx, run, List.of(), !othersWait()));
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
        if (step.run().state().isFinished()) {
            active.remove(run);
        } else {
            active.put(run, step.run());
        }
        consequences.carryOut(step.run(), step.effects());
    }

    /// The run as it is stored now.
    ActiveRun active(RunId run) {
        ActiveRun known = active.get(run);
        if (known != null) {
            return known;
        }
        return database.read(tx -> store.load(tx, run)).orElseThrow();
    }

    boolean isWaiting(RunId run) {
        return waiting.contains(run);
    }

    /// Whether other runs have been waiting for slots that are free now.
    boolean othersWait() {
        return waiting.next(fleet::hasSlotFor, Set.of()).isPresent();
    }

    /// Give free slots to the runs that wait for one, in turn. Holds no lock when it is called.
    void placeWaiting() {
        Set<RunId> tried = new HashSet<>();
        Optional<RunId> next = waiting.next(fleet::hasSlotFor, tried);
        while (next.isPresent()) {
            RunId run = next.get();
            tried.add(run);
            waiting.served(run);
            try {
                signal(run, tx -> Optional.of(List.of()), true);
            } catch (RuntimeException failed) {
                log.warn("run {} could not be given a slot: {}", run, failed.toString());
                return;
            }
            next = waiting.next(fleet::hasSlotFor, tried);
        }
    }

    /// Repeat what a stored state still asks for: after a restart of the server, or because another
    /// server decided about the run. Unknown runs are left alone.
    void resume(RunId run) {
        active.remove(run);
        ActiveRun runNow = database.read(tx -> store.load(tx, run)).orElse(null);
        if (runNow == null) {
            return;
        }
        if (runNow.state().isFinished()) {
            waiting.remove(run);
            fleet.forgetRun(run);
            return;
        }
        for (Action action : tools.progress().outstanding(runNow.plan(), runNow.state())) {
            if (action instanceof Action.Stop stop) {
                consequences.stopAgain(runNow, stop);
            }
        }
        advance(run);
    }

    /// Like [#resume]; what fails is found by the sweep.
    void resumeQuietly(RunId run) {
        try {
            resume(run);
        } catch (RuntimeException failed) {
            log.warn("run {} could not be looked at: {}", run, failed.toString());
        }
    }

    /// Stop deciding. Running steps go on without the server and are found again at its next start.
    @Override
    public void close() {
        timers.close();
    }
}
