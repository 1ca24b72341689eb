package dev.millwright.engine.plan;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Shows a plan as text, a line per step, for the expected trees beside the pipelines.
final class PlanTree {
    private PlanTree() {}

    static String of(Plan plan) {
        return plan.steps().stream()
                .map(PlanTree::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Step step) {
        StepOptions options = step.options();
        List<String> words =
                new ArrayList<>(List.of(step.path().value(), kind(step), "'" + step.name() + "'"));
        if (options.role() != Role.BODY) {
            words.add(options.role().name());
        }
        if (options.allowFailure()) {
            words.add("warning");
        }
        options.timeout().ifPresent(time -> words.add("timeout=" + time));
        if (!options.retry().equals(Retry.NONE)) {
            words.add("tries=" + options.retry().attempts());
        }
        options.directory().ifPresent(directory -> words.add("in=" + directory));
        if (!options.needs().isEmpty()) {
            words.add("needs=" + new TreeMap<>(options.needs()));
        }
        if (options.onLost() != StepOptions.OnLost.FAIL) {
            words.add("on-lost=" + options.onLost());
        }
        if (!options.when().clauses().isEmpty()) {
            words.add("when");
        }
        if (!options.environment().isEmpty()) {
            words.add("env=" + new TreeMap<>(options.environment()));
        }
        if (!options.matrix().isEmpty()) {
            words.add("matrix=" + new TreeMap<>(options.matrix()));
        }
        return "  ".repeat(step.path().depth()) + String.join(" ", words);
    }

    private static String kind(Step step) {
        return switch (step) {
            case Step.Run run -> run.runner() + " " + work(run);
            case Step.Approve approve -> "approve" + approve.groups() + approve.message();
            case Step.Wait wait -> "wait " + wait.time();
            case Step.Sequence _ -> "sequence";
            case Step.Parallel parallel ->
                    "parallel" + limits(parallel.maxInFlight(), parallel.failFast());
            case Step.Matrix matrix -> "matrix" + limits(matrix.maxInFlight(), matrix.failFast());
        };
    }

    private static String work(Step.Run run) {
        return run.parameters().values().toString().replace("\n", "\\n")
                + (run.outputs().isEmpty() ? "" : " outputs=" + run.outputs());
    }

    private static String limits(int maxInFlight, boolean failFast) {
        return (maxInFlight > 0 ? " max=" + maxInFlight : "") + (failFast ? " failFast" : "");
    }
}
