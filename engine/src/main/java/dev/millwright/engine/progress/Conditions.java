package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;

/// Tell whether a step's `when` holds. Must be a pure function of its arguments.
///
/// Asked when the step is about to start, and only about steps whose `when` has a clause. The
/// states are those of that moment; steps of a parallel group that start together see the same. A
/// `when` without expression looks at no states, and may be given older ones.
@FunctionalInterface
public interface Conditions {
    /// Every condition holds.
    Conditions ALL = (plan, step, state) -> new Verdict.Holds();

    Verdict test(Plan plan, Step step, RunState state);

    /// The answer to a condition.
    sealed interface Verdict {
        record Holds() implements Verdict {}

        /// The step is skipped, and why, for `explain`.
        record Fails(String why) implements Verdict {}

        /// The condition itself is wrong, so the step ends with `error`.
        record Broken(String why) implements Verdict {}
    }
}
