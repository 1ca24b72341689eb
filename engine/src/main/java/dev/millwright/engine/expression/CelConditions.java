package dev.millwright.engine.expression;

import dev.millwright.engine.progress.Conditions;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.When;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.util.HashMap;
import java.util.Map;

/// Tests the conditions of steps with events, globs and CEL expressions. Pure; any thread.
public final class CelConditions implements Conditions {
    private CelConditions() {}

    public static CelConditions create() {
        return new CelConditions();
    }

    @Override
    public Verdict test(Plan plan, Step step, RunState state) {
        When when = step.options().when();
        if (when.clauses().isEmpty()) {
            return new Verdict.Holds();
        }
        try {
            return WhenTest.test(when, facts(plan, step, state, when));
        } catch (ReferenceException missing) {
            return new Verdict.Broken(String.valueOf(missing.getMessage()));
        }
    }

    private static Facts facts(Plan plan, Step step, RunState state, When when) {
        Plan.Head head = plan.head();
        return Facts.of(
                        head.event(),
                        head.source(),
                        head.inputs(),
                        head.values(),
                        head.environment())
                .forStep(
                        step.options().matrix(),
                        mentions(when, "env")
                                ? Variables.of(Map.of(), plan, state, step)
                                : Map.of(),
                        mentions(when, "steps") ? ended(plan, step, state) : Map.of());
    }

    private static boolean mentions(When when, String word) {
        return when.clauses().stream()
                .anyMatch(clause ->
                        clause.expressionOrNull() != null
                                && clause.expressionOrNull().contains(word));
    }

    /// Of several steps with one name the last counts.
    private static Map<String, Object> ended(Plan plan, Step asking, RunState state) {
        Map<String, Object> steps = new HashMap<>();
        int before = plan.indexOf(asking.path());
        for (int i = 0; i < before; i++) {
            StepState at = state.step(i);
            if (at.isFinished()) {
                steps.put(
                        plan.step(i).name(),
                        Map.of(
                                "outcome",
                                at.outcome().map(Outcome::word).orElse(""),
                                "outputs",
                                at.outputs()));
            }
        }
        return steps;
    }
}
