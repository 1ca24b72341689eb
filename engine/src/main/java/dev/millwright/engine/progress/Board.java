package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The working copy of a run's states while one decision is made. Steps go by their pre-order
/// numbers. It remembers which steps were touched and which groups have to be looked at. One
/// thread.
final class Board {
    private final Plan plan;
    private final RunState before;
    private final Instant now;
    private final StepState[] states;
    private final @Nullable Children[] children;
    private final BitSet touched = new BitSet();
    private final BitSet unsettled = new BitSet();
    private RunPhase phase;
    private View view = new View();
    private long visits;

    Board(Plan plan, RunState state, Instant now) {
        if (state.steps().size() != plan.size()) {
            throw new IllegalArgumentException(
                    "%,d step states do not fit %s".formatted(state.steps().size(), plan));
        }
        this.plan = plan;
        this.before = state;
        this.now = now;
        this.states = state.steps().toArray(StepState[]::new);
        this.children = new @Nullable Children[plan.size()];
        this.phase = state.phase();
    }

    Plan plan() {
        return plan;
    }

    Instant now() {
        return now;
    }

    /// The states before the decision.
    RunState before() {
        return before;
    }

    RunPhase phase() {
        return phase;
    }

    void phase(RunPhase next) {
        phase = next;
    }

    StepState state(int index) {
        return states[index];
    }

    StepState[] states() {
        return states;
    }

    StepOptions options(int index) {
        return plan.step(index).options();
    }

    Role role(int index) {
        return options(index).role();
    }

    String name(int index) {
        return options(index).name();
    }

    boolean isPending(int index) {
        return states[index].phase() == StepPhase.PENDING;
    }

    /// Whether the state is bad for the step's group: a bad outcome that was not allowed.
    boolean isBad(int index, StepState state) {
        return state.isBad() && !options(index).allowFailure();
    }

    /// Change a step's phase. The new state must be where the move leads to.
    void move(int index, Move move, StepState next) {
        StepPhase from = states[index].phase();
        if (move.from(from).filter(next.phase()::equals).isEmpty()) {
            throw new IllegalStateException(
                    "step %s cannot %s from %s to %s"
                            .formatted(plan.step(index).path(), move, from, next.phase()));
        }
        replace(index, next);
        if (move == Move.BEGIN) {
            unsettled.set(index);
        }
    }

    /// Change what a state says without changing its phase.
    void amend(int index, StepState next) {
        if (next.phase() != states[index].phase()) {
            throw new IllegalStateException("the phase of a step changes by a move only");
        }
        replace(index, next);
    }

    private void replace(int index, StepState next) {
        StepState old = states[index];
        states[index] = next;
        touched.set(index);
        visits++;
        int parent = plan.parentOf(index);
        if (parent >= 0 && old.phase() != next.phase()) {
            Children siblings = children[parent];
            if (siblings != null) {
                siblings.changed(index, old, next);
            }
            unsettled.set(parent);
        }
        if (next.isFinished()) {
            view = new View();
        }
    }

    /// The children of a group, counted on first use.
    Children children(int group) {
        Children known = children[group];
        if (known == null) {
            known = new Children(this, group);
            children[group] = known;
        }
        return known;
    }

    /// Drop what is known about the children of a group that is tried again.
    void forget(int group) {
        children[group] = null;
    }

    /// Take the deepest group that has to be looked at, or -1. Groups come after all that is inside
    /// them, so no group is looked at more often than needed.
    int takeUnsettled() {
        int group = unsettled.length() - 1;
        if (group >= 0) {
            unsettled.clear(group);
        }
        return group;
    }

    BitSet touched() {
        return touched;
    }

    /// Count one look at one step; tests bound the sum.
    void visit() {
        visits++;
    }

    long visits() {
        return visits;
    }

    /// What a condition sees. Made on first use, and the same until a step finishes.
    View view() {
        return view;
    }

    /// The states for conditions, as they are when somebody first asks.
    final class View {
        private @Nullable RunState seen;

        private View() {}

        RunState get() {
            RunState known = seen;
            if (known == null) {
                known = new RunState(phase, null, Arrays.asList(states));
                seen = known;
            }
            return known;
        }
    }
}
