package dev.millwright.server.run;

import dev.millwright.engine.placement.Need;
import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Decision;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.host.use.Point;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import dev.millwright.node.Assignment;
import dev.millwright.plugin.Secret;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.node.NodeDao;
import dev.millwright.server.node.Offer;
import dev.millwright.server.plugin.BundledOffers;
import dev.millwright.server.secret.SecretAnswer;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One decision about one run inside one transaction: signals in, next state stored, leaves placed
/// on nodes. Lives as long as the transaction; used by one thread.
final class Advance {
    static final String NO_SECRET = "secret";

    private final Tools tools;
    private final Tx tx;
    private final ActiveRun before;
    private final Instant now;
    private final boolean mayPlace;
    private final Effects effects = new Effects();
    private final Set<Integer> changed = new TreeSet<>();
    private final Set<StepPath> tried = new HashSet<>();
    private final List<AttemptRecord> assigned = new ArrayList<>();
    private RunState state;
    private boolean signalled;

    /// When to ask for secrets again that are waited for.
    private @Nullable Instant lookAgain;

    /// What every decision works with.
    ///
    /// @param otherServers whether a node may come in elsewhere at any moment
    record Tools(
            Progress progress,
            RunStore store,
            Fleet fleet,
            AssignmentMaker assignments,
            StepSecrets secrets,
            Supplier<UUID> ids,
            boolean otherServers) {}

    /// @param mayPlace whether queued leaves may take slots; false when other runs come first
    Advance(Tools tools, Tx tx, ActiveRun run, Instant now, boolean mayPlace) {
        this.tools = tools;
        this.tx = tx;
        this.before = run;
        this.state = run.state();
        this.now = now;
        this.mayPlace = mayPlace;
    }

    Effects effects() {
        return effects;
    }

    /// Give back every slot that was taken, because the transaction failed.
    void undo() {
        effects.starts.forEach(start -> tools.fleet().release(start.assignment().attempt()));
    }

    ActiveRun run(List<Signal> signals) {
        // What came with a signal was written because of the state that is about to be compared
        signalled = !signals.isEmpty();
        decide(signals);
        for (List<Signal> placed = place(); !placed.isEmpty(); placed = place()) {
            decide(placed);
        }
        tx.dao(AttemptDao.class).insert(assigned);
        return save();
    }

    private void decide(List<Signal> signals) {
        Decision decision = tools.progress().next(before.plan(), state, signals, now);
        state = decision.state();
        changed.addAll(decision.changed());
        effects.wakeAt = decision.wakeAtOrNull();
        for (Action action : decision.actions()) {
            switch (action) {
                case Action.Start _, Action.AskApproval _ -> {
                    // Leaves that wait are found by place(); approvals are told by their event
                }
                case Action.Stop stop -> addStop(stop);
                case Action.Finish _ -> effects.finished = true;
            }
        }
    }

    private void addStop(Action.Stop stop) {
        int position = before.plan().indexOf(stop.path());
        tx.dao(AttemptDao.class).ofRun(before.record().id().value()).stream()
                .filter(attempt -> attempt.position() == position)
                .filter(attempt -> attempt.phase() == AttemptRecord.Phase.LIVE)
                .forEach(attempt ->
                        effects.stops.add(
                                new Effects.StopOrder(
                                        attempt.node(), attempt.id(), stop.reason())));
    }

    /// Try to find a node for each queued leaf that was not tried yet.
    private List<Signal> place() {
        List<Signal> signals = new ArrayList<>();
        if (state.phase() == RunPhase.FINISHED) {
            return signals;
        }
        for (Action action : tools.progress().outstanding(before.plan(), state)) {
            if (action instanceof Action.Start(StepPath path, int attempt)
                    && before.plan().step(path) instanceof Step.Run step
                    && tried.add(path)) {
                place(step, attempt, signals);
            }
        }
        return signals;
    }

    private void place(Step.Run step, int attempt, List<Signal> signals) {
        Placement.Demand demand = demand(step);
        // What one leaf waits for, the next one waits for, too
        if (!mayPlace || effects.waitsFor.contains(demand)) {
            effects.waitsFor.add(demand);
            return;
        }
        switch (tools.secrets().of(before, step)) {
            case SecretAnswer.Ready(Map<String, Secret> values) ->
                    place(step, attempt, demand, values, signals);
            case SecretAnswer.Waiting(String reason, Instant retryAt, boolean asking) -> {
                if (asking) {
                    effects.awaitsSecrets.add(step);
                }
                lookAgain = lookAgain == null || retryAt.isBefore(lookAgain) ? retryAt : lookAgain;
                if (!reason.isEmpty()) {
                    say(step, attempt, NO_SECRET, reason, signals);
                }
            }
            case SecretAnswer.Refused(String reason) ->
                    signals.add(unfit(step, attempt, NO_SECRET, reason));
        }
    }

    private void place(
            Step.Run step,
            int attempt,
            Placement.Demand demand,
            Map<String, Secret> secrets,
            List<Signal> signals) {
        AttemptId id = new AttemptId(tools.ids().get());
        switch (tools.fleet().offer(demand, repository(), id)) {
            case Offer.Busy _ -> {
                effects.waitsFor.add(demand);
                say(step, attempt, "", "", signals);
            }
            case Offer.Unfit(String cause, String message) -> {
                effects.waitsFor.add(demand);
                say(step, attempt, cause, withHint(message, step.runner()), signals);
            }
            case Offer.Taken(NodeName node, UUID session) -> {
                if (holds(node, session)) {
                    signals.add(assign(step, attempt, id, node, secrets));
                } else {
                    tools.fleet().release(id);
                    effects.waitsFor.add(demand);
                }
            }
        }
    }

    /// Where no node has even heard of the runner, a plugin is missing.
    static String withHint(String message, String runner) {
        return message.equals(Placement.noRunner(runner))
                ? message
                        + BundledOffers.plugin(Point.RUNNER, runner)
                                .map(
                                        "; 'millwright plugin install %s' on the server does"
                                                ::formatted)
                                .orElse("")
                : message;
    }

    /// Why no node will ever take the leaf as things are; nothing when it only has to wait.
    private void say(
            Step.Run step, int attempt, String cause, String message, List<Signal> signals) {
        StepState now = state.step(before.plan().indexOf(step.path()));
        boolean said =
                now.cause().equals(StepState.NO_NODE)
                        || now.cause().equals(NO_SECRET)
                        || !cause.isEmpty();
        if (said && !now.message().equals(message)) {
            signals.add(new Signal.NotPlaced(step.path(), attempt, cause, message));
        }
    }

    static Placement.Demand demand(Step.Run step) {
        return new Placement.Demand(step.runner(), Need.all(step.options().needs()));
    }

    private @Nullable String repository() {
        return before.plan()
                .head()
                .source()
                .map(Source::url)
                .filter(url -> !url.isEmpty())
                .orElse(null);
    }

    /// Whether the node still gets its work from here; as long as this transaction lasts, it will.
    private boolean holds(NodeName node, UUID session) {
        return !tools.otherServers()
                || tx.dao(NodeDao.class).holds(node.value(), session).orElse(false);
    }

    private Signal assign(
            Step.Run step, int attempt, AttemptId id, NodeName node, Map<String, Secret> secrets) {
        AttemptRecord record =
                new AttemptRecord(
                        id,
                        before.record().id(),
                        before.plan().indexOf(step.path()),
                        attempt,
                        before.record().revision() + 1,
                        node,
                        AttemptRecord.Phase.LIVE,
                        "",
                        null,
                        null,
                        now,
                        null,
                        null,
                        0,
                        0,
                        0,
                        0);
        Assignment assignment;
        try {
            assignment = tools.assignments().make(before, state, step, record, now, secrets);
        } catch (AssignmentException wrong) {
            tools.fleet().release(id);
            return unfit(step, attempt, "reference", String.valueOf(wrong.getMessage()));
        }
        effects.starts.add(new Effects.StartOrder(node, assignment));
        assigned.add(record);
        return new Signal.Assigned(step.path(), attempt, node);
    }

    /// The leaf ends without having been handed out.
    private static Signal unfit(Step.Run step, int attempt, String cause, String message) {
        return new Signal.Ended(
                step.path(), attempt, Outcome.ERROR, cause, message, null, Map.of());
    }

    private ActiveRun save() {
        RunRecord old = before.record();
        if (lookAgain != null && (effects.wakeAt == null || lookAgain.isBefore(effects.wakeAt))) {
            effects.wakeAt = lookAgain;
        }
        boolean idle = changed.isEmpty() && state.phase() == old.phase() && !signalled;
        if (idle
                && effects.starts.isEmpty()
                && Objects.equals(old.wakeAtOrNull(), effects.wakeAt)) {
            return before;
        }
        int finished = old.stepsFinished();
        for (int position : changed) {
            if (before.plan().isLeaf(position)) {
                finished += state.step(position).isFinished() ? 1 : 0;
                finished -= before.state().step(position).isFinished() ? 1 : 0;
            }
        }
        // Until it may begin, a run says what it waits for
        String waiting =
                state.phase() == RunPhase.BLOCKED
                        ? old.message()
                        : ApprovalOfForks.waiting(before.plan(), state);
        String message = state.isFinished() ? Verdicts.of(before.plan(), state) : waiting;
        RunRecord record = old.next(state, finished, message, now, effects.wakeAt);
        return tools.store()
                .save(
                        tx,
                        before,
                        new ActiveRun(record, before.plan(), state),
                        List.copyOf(changed));
    }
}
