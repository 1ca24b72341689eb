package dev.millwright.engine.progress;

import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Foretell how a calm run ends: one plain recursion over the tree, without events and phases.
final class Oracle {
    /// What a leaf's n-th execution ends with, from 0.
    interface Script {
        Outcome outcome(StepPath leaf, int execution);
    }

    private record Result(Outcome outcome, boolean broken) {
        static Result of(Outcome outcome) {
            return new Result(outcome, false);
        }
    }

    private final Script script;
    private final Map<StepPath, Integer> executions = new HashMap<>();
    private final Map<StepPath, Outcome> outcomes = new HashMap<>();

    private Oracle(Script script) {
        this.script = script;
    }

    static Map<StepPath, Outcome> foretell(Step root, Script script) {
        Oracle oracle = new Oracle(script);
        oracle.run(root);
        return oracle.outcomes;
    }

    private Result run(Step step) {
        Result result = tries(step);
        outcomes.put(step.path(), result.outcome());
        return step.options().allowFailure() && result.outcome().isBad()
                ? Result.of(Outcome.SUCCESS)
                : result;
    }

    private Result tries(Step step) {
        StepOptions options = step.options();
        String when =
                options.when().clauses().isEmpty()
                        ? "yes"
                        : String.valueOf(options.when().clauses().getFirst().expressionOrNull());
        if (!when.equals("yes")) {
            skip(step);
            return when.equals("no") ? Result.of(Outcome.SKIP) : new Result(Outcome.ERROR, true);
        }
        int tries = step instanceof Step.Approve ? 1 : options.retry().attempts();
        Result result = once(step);
        while (--tries > 0 && !result.broken() && isNamed(options.retry(), result.outcome())) {
            result = once(step);
        }
        return result;
    }

    private static boolean isNamed(Retry retry, Outcome outcome) {
        return retry.on().stream().anyMatch(cause -> cause.name().equals(outcome.name()));
    }

    private Result once(Step step) {
        return switch (step) {
            case Step.Wait _ -> Result.of(Outcome.SUCCESS);
            case Step.Run _, Step.Approve _ ->
                    Result.of(
                            script.outcome(
                                    step.path(),
                                    executions.merge(step.path(), 1, Integer::sum) - 1));
            case Step.Group group -> group(group);
        };
    }

    private Result group(Step.Group group) {
        boolean inOrder = group instanceof Step.Sequence;
        Result setup = all(of(group, Role.SETUP), true, false);
        Result body = all(of(group, Role.BODY), inOrder, setup.outcome().isBad());
        Result ensure = all(of(group, Role.ENSURE), false, false);
        Result teardown = all(of(group, Role.TEARDOWN), false, false);
        Outcome worst = setup.outcome();
        for (Result part : List.of(body, ensure, teardown)) {
            worst = worst.worse(part.outcome());
        }
        return new Result(
                group.children().isEmpty() ? Outcome.SUCCESS : worst,
                setup.broken() || body.broken() || ensure.broken() || teardown.broken());
    }

    private Result all(List<Step> steps, boolean stopAtBad, boolean skipAll) {
        Outcome worst = Outcome.SKIP;
        boolean broken = false;
        for (Step step : steps) {
            if (skipAll || (stopAtBad && worst.isBad())) {
                skip(step);
            } else {
                Result result = run(step);
                worst = worst.worse(result.outcome());
                broken |= result.broken();
            }
        }
        return new Result(worst, broken);
    }

    private static List<Step> of(Step.Group group, Role role) {
        return group.children().stream().filter(child -> child.options().role() == role).toList();
    }

    private void skip(Step step) {
        outcomes.put(step.path(), Outcome.SKIP);
        if (step instanceof Step.Group group) {
            group.children().forEach(this::skip);
        }
    }
}
