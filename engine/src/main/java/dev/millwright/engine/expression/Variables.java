package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The variables that a pipeline sets for a step: those of the pipeline, then of each group around
/// the step, its own last. A value may refer to the variables further out. Pure; any thread.
public final class Variables {
    private Variables() {}

    /// Throws [ReferenceException] when a value refers to something that is not there.
    ///
    /// @param outermost variables that are there before the pipeline sets any; part of the result
    public static Map<String, String> of(
            Map<String, String> outermost, Plan plan, RunState state, Step step) {
        Map<String, String> all = new LinkedHashMap<>(outermost);
        add(plan.head().environment(), all, plan, state, step);
        Deque<Step> fromRoot = new ArrayDeque<>();
        for (int i = plan.indexOf(step.path()); i >= 0; i = plan.parentOf(i)) {
            fromRoot.push(plan.step(i));
        }
        fromRoot.forEach(around -> add(around.options().environment(), all, plan, state, step));
        return all;
    }

    private static void add(
            Map<String, String> layer,
            Map<String, String> all,
            Plan plan,
            RunState state,
            Step step) {
        if (layer.isEmpty()) {
            return;
        }
        Map<String, String> resolved = new HashMap<>();
        layer.forEach((name, value) ->
                resolved.put(name, References.resolve(value, plan, state, step, () -> all)));
        all.putAll(resolved);
    }
}
