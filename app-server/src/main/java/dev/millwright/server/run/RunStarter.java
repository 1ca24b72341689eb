package dev.millwright.server.run;

import dev.millwright.engine.plan.PlanRequest;
import dev.millwright.engine.plan.Planner;
import dev.millwright.engine.plan.Planning;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.server.delivery.Deliveries;
import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryStatus;
import dev.millwright.server.resource.PipelineSpec;
import dev.millwright.server.resource.Resources;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import dev.millwright.server.trigger.Meaning;
import dev.millwright.server.trigger.TriggerMeaning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a run out of a stored delivery: asks what it means, reads the pipeline, makes the plan,
/// and stores run and steps in one transaction. May be repeated; a delivery becomes one run at
/// most.
///
/// Called from any thread.
public final class RunStarter {
    private static final Logger log = LoggerFactory.getLogger(RunStarter.class);

    private final Database database;
    private final Deliveries deliveries;
    private final Resources resources;
    private final TriggerMeaning meanings;
    private final PipelineSources sources;
    private final RunCreation creation;
    private final RunDriver driver;
    private final Planner planner;

    /// The row with a pipeline's last number stays locked while a run is stored: who waits for it
    /// must not keep a connection meanwhile.
    private final KeyLocks<String> pipelines = new KeyLocks<>();

    RunStarter(
            Database database,
            Deliveries deliveries,
            Resources resources,
            TriggerMeaning meanings,
            PipelineSources sources,
            RunCreation creation,
            RunDriver driver,
            Planner planner) {
        this.database = database;
        this.deliveries = deliveries;
        this.resources = resources;
        this.meanings = meanings;
        this.sources = sources;
        this.creation = creation;
        this.driver = driver;
        this.planner = planner;
    }

    /// Decide about the delivery, unless that was done before.
    public void start(DeliveryId id) {
        CrashPoints.hit("K03");
        Optional<Delivery> found = deliveries.find(id);
        if (found.isEmpty() || found.get().status() != DeliveryStatus.RECEIVED) {
            return;
        }
        Delivery delivery = found.get();
        Optional<PipelineSpec> spec = resources.pipeline(delivery.namespace(), delivery.pipeline());
        if (spec.isEmpty()) {
            end(
                    delivery,
                    DeliveryStatus.REJECTED,
                    "there is no pipeline '%s' in namespace '%s' any more"
                            .formatted(delivery.pipeline(), delivery.namespace()));
            return;
        }
        switch (meanings.of(delivery, spec.get())) {
            case Meaning.Ignore(String reason) -> end(delivery, DeliveryStatus.IGNORED, reason);
            case Meaning.Reject(String reason) -> end(delivery, DeliveryStatus.REJECTED, reason);
            case Meaning.Start start -> start(delivery, spec.get(), start);
            case Meaning.Several(Meaning.Start first, List<Parameters> others) -> {
                // Before the first, since a delivery that has its run is not looked at again
                deliveries.alongside(delivery, others);
                start(delivery, spec.get(), first);
            }
        }
    }

    private void end(Delivery delivery, DeliveryStatus status, String reason) {
        log.info("delivery {} is {}: {}", delivery.id(), status, reason);
        database.change(tx -> deliveries.ended(tx, delivery.id(), status, reason));
    }

    private void start(Delivery delivery, PipelineSpec spec, Meaning.Start start) {
        switch (sources.read(delivery, spec, start)) {
            case PipelineSources.Unreadable(String message, Optional<Source> source) ->
                    store(
                            delivery,
                            start,
                            BrokenPlan.of(delivery, start, source),
                            Optional.of(message));
            case PipelineSources.Found found -> plan(delivery, start, found);
        }
    }

    private void plan(Delivery delivery, Meaning.Start start, PipelineSources.Found found) {
        Optional<Source> source = found.source();
        switch (found.result()) {
            case ReadResult.Invalid(List<Problem> problems) ->
                    store(
                            delivery,
                            start,
                            BrokenPlan.of(delivery, start, source),
                            Optional.of(
                                    String.join(
                                            "\n",
                                            problems.stream().map(Problem::render).toList())));
            case ReadResult.Read read -> {
                PlanRequest request =
                        new PlanRequest(
                                delivery.namespace(),
                                delivery.pipeline(),
                                start.event(),
                                start.inputs(),
                                found.environment(),
                                source.orElse(null),
                                found.files(),
                                TriggeredSource.change(delivery, start).orElse(null));
                switch (planner.plan(read.definition(), request)) {
                    case Planning.Filtered(String why) ->
                            end(delivery, DeliveryStatus.IGNORED, why);
                    case Planning.Refused(List<String> problems) ->
                            end(delivery, DeliveryStatus.REJECTED, String.join("; ", problems));
                    case Planning.Planned(Plan plan) ->
                            store(delivery, start, plan, Optional.empty());
                }
            }
        }
    }

    private void store(
            Delivery delivery, Meaning.Start start, Plan plan, Optional<String> brokenBecause) {
        RunId id = delivery.run().orElseThrow();
        List<RunId> cancelled = new ArrayList<>(start.replaces());
        RunStore.ensureNumbers(database, delivery.namespace(), delivery.pipeline());
        if (plan.head().concurrency().isPresent()) {
            RunStore.ensureNumbers(database, delivery.namespace(), RunStore.GROUPS);
        }
        Optional<RunDriver.Begun> begun =
                pipelines.locked(
                        delivery.namespace() + "/" + delivery.pipeline(),
                        () ->
                                database.write(tx ->
                                        store(
                                                tx,
                                                delivery,
                                                start,
                                                plan,
                                                brokenBecause,
                                                cancelled)));
        begun.ifPresent(driver::begin);
        cancelled.forEach(old -> driver.cancelQuietly(old, "replaced by run " + id));
    }

    private Optional<RunDriver.Begun> store(
            Tx tx,
            Delivery delivery,
            Meaning.Start start,
            Plan plan,
            Optional<String> brokenBecause,
            List<RunId> cancelled) {
        if (isRepeated(tx, delivery, start, plan) || !deliveries.started(tx, delivery.id())) {
            return Optional.empty();
        }
        RunCreation.Request request =
                new RunCreation.Request(
                        delivery.run().orElseThrow(),
                        plan,
                        start.cause(),
                        Optional.of(delivery.id()),
                        Optional.empty());
        ActiveRun run = creation.of(tx, request, cancelled::add);
        return Optional.of(
                brokenBecause.isPresent()
                        ? driver.insertBroken(tx, run, brokenBecause.get())
                        : driver.insert(tx, run));
    }

    /// Whether another trigger asked for the same commit before, and this delivery ends with that.
    private boolean isRepeated(Tx tx, Delivery delivery, Meaning.Start start, Plan plan) {
        boolean counts = start.isOncePerCommit() && delivery.redeliveryOf().isEmpty();
        Optional<Source> source = plan.head().source().filter(_ -> counts);
        if (source.isEmpty()) {
            return false;
        }
        RunDao runs = tx.dao(RunDao.class);
        // Two triggers that tell of one commit at the same moment wait for each other here
        runs.lockCounter(delivery.namespace(), delivery.pipeline());
        Optional<Long> twin =
                runs.twin(
                        delivery.namespace(),
                        delivery.pipeline(),
                        start.event(),
                        source.get().commit(),
                        source.get().branch(),
                        source.get().tag());
        twin.ifPresent(number ->
                deliveries.ended(
                        tx,
                        delivery.id(),
                        DeliveryStatus.IGNORED,
                        "run %d has this commit already".formatted(number)));
        return twin.isPresent();
    }
}
