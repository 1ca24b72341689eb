package dev.millwright.model.run;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far a run has come: its own phase and the state of each step, in the plan's pre-order.
///
/// Immutable. Only [dev.millwright.model.run] knows how states follow each other through `engine`'s
/// `Progress`; everyone else stores and shows them.
///
/// @param phase how far the run has come
/// @param outcomeOrNull set once the phase is `FINISHED`
/// @param steps one state for each step of the plan, by its pre-order number
public record RunState(RunPhase phase, @Nullable Outcome outcomeOrNull, List<StepState> steps) {
    public RunState {
        steps = List.copyOf(steps);
    }

    /// The state before anything happened.
    public static RunState initial(int size) {
        return new RunState(
                RunPhase.RUNNING, null, java.util.Collections.nCopies(size, StepState.PENDING));
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public boolean isFinished() {
        return phase == RunPhase.FINISHED;
    }

    public StepState step(int index) {
        return steps.get(index);
    }
}
