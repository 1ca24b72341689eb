package dev.millwright.engine.progress;

import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.util.Arrays;
import java.util.Optional;

/// Make the first state of a run that repeats another one with the same plan.
///
/// Steps that are not run again are finished and carried, with their outputs. A group that runs
/// again also runs its setup, ensure and teardown steps again.
public final class Rerun {
    private final Plan plan;
    private final RunState previous;
    private final StepState[] states;

    private Rerun(Plan plan, RunState previous) {
        if (previous.steps().size() != plan.size()) {
            throw new MillwrightException(
                    "cannot rerun: %,d step states do not fit %s"
                            .formatted(previous.steps().size(), plan));
        }
        this.plan = plan;
        this.previous = previous;
        this.states = new StepState[plan.size()];
        Arrays.fill(states, StepState.PENDING);
    }

    /// The state to begin with. Throws [MillwrightException] when the states do not fit the plan or
    /// the step to begin at is missing or unknown.
    ///
    /// @param from the step to begin at, needed by [RerunMode#FROM] and ignored by the others
    public static RunState initial(
            Plan plan, RunState previous, RerunMode mode, Optional<StepPath> from) {
        Rerun rerun = new Rerun(plan, previous);
        switch (mode) {
            case ALL -> {}
            case FAILED -> rerun.keepSuccessful();
            case FROM -> rerun.keepBefore(plan.indexOf(from.orElseThrow(Rerun::noStep)));
        }
        return new RunState(RunPhase.RUNNING, null, Arrays.asList(rerun.states));
    }

    private static MillwrightException noStep() {
        return new MillwrightException("a rerun from a step needs the path of the step");
    }

    private void keepSuccessful() {
        boolean[] again = new boolean[plan.size()];
        for (int i = plan.size() - 1; i >= 0; i--) {
            again[i] |= !isGood(i);
            if (again[i] && i > 0) {
                again[plan.parentOf(i)] = true;
            }
        }
        int i = 0;
        while (i < plan.size()) {
            boolean keep = !again[i] && isKept(i);
            if (keep) {
                carry(i);
            }
            boolean whole = keep || isRenewed(i);
            i = whole ? plan.endOf(i) : i + 1;
        }
    }

    /// Ended well, or was skipped by its own condition, or all that is inside was.
    private boolean isGood(int index) {
        StepState state = previous.step(index);
        return switch (state.outcome().orElse(Outcome.ERROR)) {
            case SUCCESS -> state.isFinished();
            case SKIP -> state.cause().equals(Cause.CONDITION) || state.cause().isEmpty();
            case FAILURE, ERROR, TIMEOUT, CANCELLATION -> false;
        };
    }

    /// A condition that did not hold is tested again, for what it asks about may differ now.
    private boolean isKept(int index) {
        boolean skipped = previous.step(index).outcome().equals(Optional.of(Outcome.SKIP));
        return index == 0 || (!isRenewed(index) && !skipped);
    }

    /// Whether the step runs again because its group does.
    private boolean isRenewed(int index) {
        return index > 0 && plan.step(index).options().role() != Role.BODY;
    }

    private void carry(int top) {
        for (int i = top; i < plan.endOf(top); i++) {
            states[i] = States.carried(previous.step(i));
        }
    }

    /// Walk from the step up to the root; in each group the body before it is kept.
    private void keepBefore(int from) {
        for (int inner = from; inner > 0; inner = plan.parentOf(inner)) {
            int group = plan.parentOf(inner);
            for (int child = group + 1; child < plan.endOf(group); child = plan.endOf(child)) {
                if (!isRenewed(child) && isBefore(child, inner)) {
                    keep(child, plan.step(from));
                }
            }
        }
    }

    private boolean isBefore(int child, int other) {
        int byRole = plan.step(child).options().role().compareTo(plan.step(other).options().role());
        return byRole < 0 || (byRole == 0 && child < other);
    }

    /// Carry what ended well enough to go on after it; the rest must not stand in the way.
    private void keep(int top, Step from) {
        StepState state = previous.step(top);
        boolean allowed = state.isBad() && plan.step(top).options().allowFailure();
        boolean skipped = state.outcome().equals(Optional.of(Outcome.SKIP));
        if (state.isFinished() && (allowed || skipped || !state.isBad())) {
            carry(top);
            return;
        }
        String message = "The rerun begins at step '%s'.".formatted(from.name());
        for (int i = top; i < plan.endOf(top); i++) {
            StepState old = previous.step(i);
            states[i] =
                    old.isFinished() && !old.isBad()
                            ? States.carried(old)
                            : States.passedOver(message);
        }
    }
}
