package dev.millwright.engine.progress;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decide how a run goes on: from a plan, the stored states and what happened, to the next states
/// and the actions that follow. Pure: no clock, no I/O, no randomness. Any thread may call it.
///
/// ```java
/// Progress progress = new Progress(Conditions.ALL);
/// Decision decision = progress.next(plan, state, List.of(), clock.instant());
/// store(decision.state());
/// decision.actions().forEach(this::carryOut);
/// decision.wakeAt().ifPresent(this::decideAgainAt);
/// ```
public final class Progress {
    private final Conditions conditions;

    public Progress(Conditions conditions) {
        this.conditions = requireNonNull(conditions, "conditions is null");
    }

    /// Apply the signals in their order, then everything that follows from them and from the time,
    /// until nothing more follows. Signals that do not fit (any more) change nothing.
    public Decision next(Plan plan, RunState state, List<Signal> signals, Instant now) {
        return decide(plan, state, settled(plan, state, signals, now));
    }

    /// The actions that a stored state still asks for: what the caller repeats after a crash.
    public List<Action> outstanding(Plan plan, RunState state) {
        BitSet all = new BitSet();
        all.set(0, plan.size());
        return state.phase() == RunPhase.BLOCKED
                ? List.of()
                : actions(plan, RunState.initial(plan.size()), state, all);
    }

    Settling settled(Plan plan, RunState state, List<Signal> signals, Instant now) {
        Settling settling = new Settling(conditions, plan, state, now);
        if (!state.isFinished()) {
            signals.forEach(settling::apply);
            settling.settle();
        }
        return settling;
    }

    private static Decision decide(Plan plan, RunState before, Settling settling) {
        if (before.isFinished()) {
            return new Decision(before, List.of(), List.of(), null);
        }
        Board board = settling.board();
        BitSet changed = new BitSet();
        board.touched().stream()
                .filter(index -> !board.state(index).equals(before.step(index)))
                .forEach(changed::set);
        RunState after =
                changed.isEmpty() && board.phase() == before.phase()
                        ? before
                        : new RunState(
                                board.phase(), settling.outcome(), Arrays.asList(board.states()));
        return new Decision(
                after,
                changed.stream().boxed().toList(),
                actions(plan, before, after, changed),
                earliestDue(after));
    }

    private static @Nullable Instant earliestDue(RunState state) {
        Instant earliest = null;
        if (state.phase() != RunPhase.BLOCKED) {
            for (StepState step : state.steps()) {
                Instant due = step.dueAtOrNull();
                if (due != null && (earliest == null || due.isBefore(earliest))) {
                    earliest = due;
                }
            }
        }
        return earliest;
    }

    /// What is new in a state, as actions: stops first, for they make room, then starts.
    private static List<Action> actions(
            Plan plan, RunState before, RunState after, BitSet changed) {
        List<Action> stops = new ArrayList<>();
        List<Action> starts = new ArrayList<>();
        for (int i = changed.nextSetBit(0); i >= 0; i = changed.nextSetBit(i + 1)) {
            StepState was = before.step(i);
            StepState is = after.step(i);
            if (was.phase() == is.phase() && was.attempt() == is.attempt()) {
                continue;
            }
            switch (plan.step(i)) {
                case Step.Run run -> {
                    switch (is.phase()) {
                        case QUEUED -> starts.add(new Action.Start(run.path(), is.attempt()));
                        case CANCELLING ->
                                stops.add(
                                        new Action.Stop(run.path(), is.attempt(), Halt.reason(is)));
                        case PENDING, DELAYED, BLOCKED, RUNNING, FINISHED -> {}
                    }
                }
                case Step.Approve approve -> {
                    if (is.phase().isActive()) {
                        starts.add(new Action.AskApproval(approve.path()));
                    }
                }
                case Step.Wait _, Step.Group _ -> {}
            }
        }
        stops.addAll(starts);
        if (after.isFinished()) {
            after.outcome().ifPresent(outcome -> stops.add(new Action.Finish(outcome)));
        }
        return stops;
    }
}
