package dev.millwright.server.run;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.server.store.Tx;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Makes the first record of a run: number, trace, place in its concurrency group.
final class RunCreation {
    private static final int LONGEST_TEXT = 500;

    private final RunStore store;
    private final InstantSource clock;
    private final Supplier<UUID> random;

    RunCreation(RunStore store, InstantSource clock, Supplier<UUID> random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /// @param delivery what it comes from, unless it repeats another run
    record Request(
            RunId id,
            Plan plan,
            String cause,
            Optional<DeliveryId> delivery,
            Optional<RunId> rerunOf) {}

    /// A new run from the beginning.
    ActiveRun of(Tx tx, Request request, Consumer<RunId> cancel) {
        return of(tx, request, RunState.initial(request.plan().size()), cancel);
    }

    /// A new run that starts from the given states.
    ///
    /// @param cancel told of every older run that the new one replaces
    ActiveRun of(Tx tx, Request request, RunState state, Consumer<RunId> cancel) {
        Plan plan = request.plan();
        Plan.Head head = plan.head();
        Optional<Concurrency> group = head.concurrency();
        boolean blocked = group.isPresent() && enter(tx, head.namespace(), group.get(), cancel);
        RunPhase phase = blocked ? RunPhase.BLOCKED : RunPhase.RUNNING;
        UUID trace = random.get();
        int[] leaves = IntStream.range(0, plan.size()).filter(plan::isLeaf).toArray();
        long finished = Arrays.stream(leaves).filter(leaf -> state.step(leaf).isFinished()).count();
        RunRecord record =
                new RunRecord(
                        request.id(),
                        head.namespace(),
                        head.pipeline(),
                        store.nextNumber(tx, head.namespace(), head.pipeline()),
                        phase,
                        null,
                        head.event(),
                        StepRows.shorten(request.cause(), LONGEST_TEXT),
                        request.delivery().orElse(null),
                        request.rerunOf().orElse(null),
                        text(head, Source::branch),
                        text(head, Source::tag),
                        text(head, Source::commit),
                        text(head, Source::message),
                        text(head, Source::author),
                        blocked
                                ? "waits for an older run of group '%s'".formatted(name(group))
                                : "",
                        SpanIds.trace(trace),
                        SpanIds.of(request.id(), -1, 0),
                        group.map(Concurrency::group).orElse(null),
                        1,
                        1,
                        leaves.length,
                        (int) finished,
                        clock.instant(),
                        null,
                        null,
                        null);
        return new ActiveRun(record, plan, new RunState(phase, null, state.steps()));
    }

    private static String name(Optional<Concurrency> group) {
        return group.map(Concurrency::group).orElse("");
    }

    private static String text(Plan.Head head, Function<Source, String> part) {
        return head.source()
                .map(part)
                .map(value -> StepRows.shorten(value, LONGEST_TEXT))
                .orElse("");
    }

    /// Join a group; true when an older run is still in it. Two runs cannot join at once, because
    /// the group's counter row stays locked until the transaction ends.
    private boolean enter(
            Tx tx, String namespace, Concurrency concurrency, Consumer<RunId> cancel) {
        store.nextNumber(tx, namespace, RunStore.GROUPS);
        List<UUID> members = tx.dao(RunDao.class).inGroup(namespace, concurrency.group());
        if (concurrency.cancelPrevious()) {
            members.forEach(member -> cancel.accept(new RunId(member)));
        }
        return !members.isEmpty();
    }
}
