package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The variables that a pipeline sets for a step: those of the pipeline, then of each group around
/// the step, its own last. A value may refer to its neighbours, and to the variables further out.
/// Used by one thread.
public final class Variables {
    private final Map<String, String> all;
    private final Plan plan;
    private final RunState state;
    private final Step step;

    private Variables(Map<String, String> outermost, Plan plan, RunState state, Step step) {
        this.all = new LinkedHashMap<>(outermost);
        this.plan = plan;
        this.state = state;
        this.step = step;
    }

    /// Throws [ReferenceException] when a value refers to something that is not there.
    ///
    /// @param outermost variables that are there before the pipeline sets any; part of the result
    public static Map<String, String> of(
            Map<String, String> outermost, Plan plan, RunState state, Step step) {
        Variables variables = new Variables(outermost, plan, state, step);
        variables.add(plan.head().environment());
        Deque<Step> fromRoot = new ArrayDeque<>();
        for (int i = plan.indexOf(step.path()); i >= 0; i = plan.parentOf(i)) {
            fromRoot.push(plan.step(i));
        }
        fromRoot.forEach(around -> variables.add(around.options().environment()));
        return variables.all;
    }

    private void add(Map<String, String> layer) {
        Map<String, String> resolved = new HashMap<>();
        layer.keySet().forEach(name -> resolve(name, layer, resolved, Set.of()));
        all.putAll(resolved);
    }

    /// @param open the variables whose values are being resolved: they refer to what is further out
    private void resolve(
            String name,
            Map<String, String> layer,
            Map<String, String> resolved,
            Set<String> open) {
        String value = layer.get(name);
        if (value == null || open.contains(name) || resolved.containsKey(name)) {
            return;
        }
        Set<String> deeper = new HashSet<>(open);
        deeper.add(name);
        Map<String, String> seen = new HashMap<>(all);
        for (Reference reference : Reference.in(value)) {
            if (reference.root().equals("env") && !reference.rest().equals(name)) {
                resolve(reference.rest(), layer, resolved, deeper);
                String neighbour = resolved.get(reference.rest());
                if (neighbour != null) {
                    seen.put(reference.rest(), neighbour);
                }
            }
        }
        resolved.put(name, References.resolve(value, plan, state, step, () -> seen));
    }
}
