package dev.millwright.engine.progress;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.List;

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
        throw new UnsupportedOperationException("not yet: " + conditions);
    }

    /// The actions that a stored state still asks for: what the caller repeats after a crash.
    public List<Action> outstanding(Plan plan, RunState state) {
        throw new UnsupportedOperationException("not yet");
    }
}
