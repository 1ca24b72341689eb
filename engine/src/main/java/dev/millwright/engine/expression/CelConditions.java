package dev.millwright.engine.expression;

import dev.millwright.engine.progress.Conditions;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.When;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tests the conditions of steps with events, globs and CEL expressions. Pure; any thread.
public final class CelConditions implements Conditions {
    private CelConditions() {}

    public static CelConditions create() {
        return new CelConditions();
    }

    @Override
    public Verdict test(Plan plan, Step step, RunState state) {
        When when = step.options().when();
        return when.clauses().isEmpty()
                ? new Verdict.Holds()
                : WhenTest.test(when, facts(plan, step, state, when));
    }

    private static Facts facts(Plan plan, Step step, RunState state, When when) {
        Plan.Head head = plan.head();
        Optional<Source> source = head.source();
        boolean looksAtSteps =
                when.clauses().stream()
                        .anyMatch(
                                clause ->
                                        clause.expressionOrNull() != null
                                                && clause.expressionOrNull().contains("steps"));
        return new Facts(
                head.event(),
                source.map(Source::branch).orElse(""),
                source.map(Source::tag).orElse(""),
                source.map(Source::commit).orElse(""),
                source.map(Source::changedFiles).orElse(List.of()),
                head.values(),
                step.options().matrix(),
                head.environment(),
                looksAtSteps ? ended(plan, step, state) : Map.of());
    }

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
                                at.outcome().map(outcome -> outcome.word()).orElse(""),
                                "outputs",
                                at.outputs()));
            }
        }
        return steps;
    }
}
