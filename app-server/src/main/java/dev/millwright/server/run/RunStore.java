package dev.millwright.server.run;

import dev.millwright.engine.plan.PlanCodec;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.StaleRevisionException;
import dev.millwright.server.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps runs: the row of the run, its plan, and one row for each step.
final class RunStore {
    /// In the place of a pipeline's name: the row that runs of concurrency groups lock.
    static final String GROUPS = "";

    private final Journal journal;

    RunStore(Journal journal) {
        this.journal = journal;
    }

    Optional<ActiveRun> load(Tx tx, RunId id) {
        return tx.dao(RunDao.class)
                .find(id.value())
                .map(record -> new ActiveRun(record, plan(tx, record), state(tx, record)));
    }

    private static Plan plan(Tx tx, RunRecord record) {
        return PlanCodec.decode(tx.dao(RunDao.class).plan(record.id().value()).orElseThrow());
    }

    private static RunState state(Tx tx, RunRecord record) {
        List<StepState> steps = tx.dao(StepDao.class).ofRun(record.id().value());
        return new RunState(record.phase(), record.outcomeOrNull(), steps);
    }

    /// Store a new run with all its steps and its first event.
    void insert(Tx tx, ActiveRun run) {
        RunRecord record = run.record();
        tx.dao(RunDao.class).insert(record, PlanCodec.encode(run.plan()));
        CrashPoints.hit("K05");
        tx.dao(StepDao.class).insert(rows(run, allPositions(run.plan())));
        append(tx, RunEvents.created(record));
    }

    /// Store the next state of a run and give it back as stored; throws [StaleRevisionException]
    /// when the run has moved on since `before` was read.
    ActiveRun save(Tx tx, ActiveRun before, ActiveRun after, List<Integer> changed) {
        List<NewEvent> events = RunEvents.changes(before, after, changed);
        RunRecord record = after.record().withMoreEvents(events.size());
        if (tx.dao(RunDao.class).update(record, before.record().revision()) == 0) {
            throw new StaleRevisionException(
                    "run %s has moved on from revision %d"
                            .formatted(record.id(), before.record().revision()));
        }
        if (!changed.isEmpty()) {
            tx.dao(StepDao.class).update(rows(after, changed));
        }
        append(tx, events);
        return new ActiveRun(record, after.plan(), after.state());
    }

    /// See to it that a pipeline has a number to raise. By itself and beforehand, since of two
    /// transactions that both write the first one, the second fails.
    static void ensureNumbers(Database database, String namespace, String pipeline) {
        if (database.read(tx -> tx.dao(RunDao.class).counter(namespace, pipeline)).isPresent()) {
            return;
        }
        try {
            database.change(tx -> tx.dao(RunDao.class).insertCounter(namespace, pipeline));
        } catch (DuplicateException raced) {
            // Somebody else has just done it
        }
    }

    /// Take the next number of a pipeline; the row stays locked until the transaction ends.
    long nextNumber(Tx tx, String namespace, String pipeline) {
        RunDao runs = tx.dao(RunDao.class);
        if (runs.raiseCounter(namespace, pipeline) == 0) {
            runs.insertCounter(namespace, pipeline);
            runs.raiseCounter(namespace, pipeline);
        }
        return runs.counter(namespace, pipeline).orElseThrow();
    }

    private void append(Tx tx, List<NewEvent> events) {
        events.forEach(event -> journal.append(tx, event));
    }

    private static List<Integer> allPositions(Plan plan) {
        List<Integer> positions = new ArrayList<>(plan.size());
        for (int i = 0; i < plan.size(); i++) {
            positions.add(i);
        }
        return positions;
    }

    private static List<StepRows> rows(ActiveRun run, List<Integer> positions) {
        List<StepRows> rows = new ArrayList<>(positions.size());
        for (int position : positions) {
            rows.add(
                    StepRows.of(
                            run.record().id().value(),
                            position,
                            run.plan().step(position).path().value(),
                            run.state().step(position)));
        }
        return rows;
    }

    /// Whether a run of that phase still holds its concurrency group.
    static boolean holdsGroup(RunPhase phase) {
        return phase == RunPhase.RUNNING || phase == RunPhase.CANCELLING;
    }
}
