package dev.millwright.server.run;

import dev.millwright.engine.progress.Rerun;
import dev.millwright.engine.progress.RerunMode;
import dev.millwright.engine.progress.Signal;
import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.node.log.SecretMask;
import dev.millwright.server.store.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything that callers may ask of runs and tell them. Called from any thread.
public final class Runs {
    private final Database database;
    private final RunDriver driver;
    private final RunStore store;
    private final RunCreation creation;
    private final Supplier<UUID> ids;
    private final Explainer explainer;
    private final Predecessors predecessors;

    Runs(
            Database database,
            RunDriver driver,
            RunStore store,
            RunCreation creation,
            Explainer explainer,
            Supplier<UUID> ids) {
        this.database = database;
        this.driver = driver;
        this.store = store;
        this.creation = creation;
        this.ids = ids;
        this.explainer = explainer;
        this.predecessors = new Predecessors(database, store);
    }

    /// Newest first. A status that does not exist gives nothing.
    public List<RunRecord> list(RunQuery query) {
        @Nullable String phase = null;
        @Nullable String outcome = null;
        if (query.statusOrNull() != null) {
            String status = query.statusOrNull().toLowerCase(Locale.ROOT);
            if (isPhase(status)) {
                phase = status.toUpperCase(Locale.ROOT);
            } else {
                outcome =
                        Arrays.stream(Outcome.values())
                                .filter(word -> Statuses.word(word).equals(status))
                                .map(Enum::name)
                                .findFirst()
                                .orElse("-");
            }
        }
        String wantedPhase = phase;
        String wantedOutcome = outcome;
        return database.read(tx -> tx.dao(RunDao.class).list(query, wantedPhase, wantedOutcome));
    }

    private static boolean isPhase(String status) {
        return status.equals("blocked") || status.equals("running") || status.equals("cancelling");
    }

    public Optional<RunRecord> find(RunId run) {
        return database.read(tx -> tx.dao(RunDao.class).find(run.value()));
    }

    public Optional<RunRecord> find(String namespace, String pipeline, long number) {
        return database.read(tx -> tx.dao(RunDao.class).findByNumber(namespace, pipeline, number));
    }

    /// The run with plan, states and attempts, all as of one moment.
    public Optional<RunView> view(RunId run) {
        return database.read(tx ->
                store.load(tx, run)
                        .map(found ->
                                new RunView(
                                        found.record(),
                                        found.plan(),
                                        found.state(),
                                        tx.dao(AttemptDao.class).ofRun(run.value()))));
    }

    /// What must not be seen of what an attempt tells. Throws
    /// [dev.millwright.server.secret.SecretsUnavailableException] when that cannot be found out
    /// now.
    public SecretMask mask(AttemptId attempt) {
        return driver.masks().of(attempt);
    }

    /// The run that this one is compared with to tell what is new about it, see
    /// [Predecessors#of(RunView)].
    public Optional<RunRecord> predecessor(RunView run) {
        return predecessors.of(run);
    }

    /// Ask a run to stop. Running steps get TERM, teardown still runs unless it is forced. Throws
    /// [RunException] when there is no such run or it has ended.
    public void cancel(RunId run, String by, String reason, boolean force) {
        requireUnfinished(run, "cancelled");
        driver.signal(run, List.of(new Signal.CancelRequested(by, reason, force)));
    }

    /// Answer an approval. Throws [RunException] when the step does not wait for one.
    public void answer(RunId run, StepPath path, boolean approved, String by, String comment) {
        requireUnfinished(run, "approved");
        RunView view = view(run).orElseThrow();
        int position =
                view.plan()
                        .find(path)
                        .orElseThrow(() ->
                                new RunException(
                                        RunException.Kind.NOT_FOUND,
                                        "run %s has no step %s"
                                                .formatted(view.record().address(), path)));
        boolean waits =
                view.plan().step(position) instanceof Step.Approve
                        && view.state().step(position).phase() == StepPhase.BLOCKED;
        if (!waits) {
            throw new RunException(
                    RunException.Kind.CONFLICT,
                    "step '%s' (%s) of run %s does not wait for an approval"
                            .formatted(
                                    view.plan().step(position).name(),
                                    path,
                                    view.record().address()));
        }
        driver.signal(run, List.of(new Signal.Answered(path, approved, by, comment)));
    }

    /// Run the same plan again as a new run: same commit, same inputs. Gives the new run's id.
    /// Throws [RunException] when there is no such run, or it is not over yet.
    public RunId rerun(RunId old, RerunMode mode, Optional<StepPath> from, String by) {
        RunView view =
                view(old)
                        .orElseThrow(() ->
                                new RunException(
                                        RunException.Kind.NOT_FOUND, "there is no run " + old));
        if (!view.record().isFinished()) {
            throw new RunException(
                    RunException.Kind.CONFLICT,
                    "run %s is still going on; cancel it or wait for its end"
                            .formatted(view.record().address()));
        }
        if (view.state().step(0).cause().equals("pipeline")) {
            throw new RunException(
                    RunException.Kind.CONFLICT,
                    "run %s never had steps, because its pipeline could not be read; start a new run"
                            .formatted(view.record().address()));
        }
        RunState state = Rerun.initial(view.plan(), view.state(), mode, from);
        if (state.step(0).phase() == StepPhase.FINISHED) {
            throw new RunException(
                    RunException.Kind.CONFLICT,
                    "run %s has no step to repeat".formatted(view.record().address()));
        }
        RunId id = new RunId(ids.get());
        RunCreation.Request request =
                new RunCreation.Request(
                        id,
                        view.plan(),
                        "rerun (%s) of %s by %s"
                                .formatted(
                                        mode.name().toLowerCase(Locale.ROOT),
                                        view.record().address(),
                                        by),
                        Optional.empty(),
                        Optional.of(old));
        List<RunId> cancelled = new ArrayList<>();
        RunDriver.Begun begun =
                database.durable(
                        tx -> driver.insert(tx, creation.of(tx, request, state, cancelled::add)));
        driver.begin(begun);
        cancelled.forEach(other -> driver.cancelQuietly(other, "replaced by run " + id));
        return id;
    }

    /// Why the run and its steps stand where they stand.
    public Explanation explain(RunId run) {
        return explainer.explain(
                view(run)
                        .orElseThrow(() ->
                                new RunException(
                                        RunException.Kind.NOT_FOUND, "there is no run " + run)));
    }

    /// The same run, with what its steps wait for at this moment: [#explain] says no other words.
    public RunView now(RunView run) {
        return run.record().isFinished() ? run : explainer.now(run);
    }

    /// What the run waits for while none of its steps runs; empty when it moves.
    public String standstill(RunId run) {
        return view(run).map(explainer::standstill).orElse("");
    }

    /// How many runs are not over, by pipeline and state.
    public List<Statistics.ActiveCount> active() {
        return database.read(tx -> tx.dao(RunDao.class).active());
    }

    /// Counts over everything that is stored.
    public Statistics statistics() {
        List<Statistics.PipelineCount> counts = database.read(tx -> tx.dao(RunDao.class).counts());
        long total = counts.stream().mapToLong(Statistics.PipelineCount::total).sum();
        long finished = counts.stream().mapToLong(Statistics.PipelineCount::finished).sum();
        return new Statistics(total, total - finished, counts);
    }

    private void requireUnfinished(RunId run, String verb) {
        RunRecord record =
                find(run)
                        .orElseThrow(() ->
                                new RunException(
                                        RunException.Kind.NOT_FOUND, "there is no run " + run));
        if (record.phase() == RunPhase.FINISHED) {
            throw new RunException(
                    RunException.Kind.CONFLICT,
                    "run %s has ended (%s) and cannot be %s"
                            .formatted(record.address(), Statuses.of(record), verb));
        }
    }
}
