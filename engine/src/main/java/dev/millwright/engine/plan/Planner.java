package dev.millwright.engine.plan;

import dev.millwright.engine.definition.PipelineDefinition;
import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.expression.Facts;
import dev.millwright.engine.expression.ReferenceException;
import dev.millwright.engine.expression.References;
import dev.millwright.engine.expression.WhenTest;
import dev.millwright.engine.progress.Conditions.Verdict;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes plans. Pure; any thread.
public final class Planner {
    private static final Set<String> SKIPPABLE = Set.of("push", "pull_request");

    /// Make the plan of one run, or say why there is none.
    public Planning plan(PipelineDefinition definition, PlanRequest request) {
        if (asksToBeSkipped(request)) {
            return new Planning.Filtered("the commit message says [skip ci]");
        }
        List<String> problems = new ArrayList<>();
        Map<String, String> values =
                InputValues.bind(definition.inputs(), request.inputValues(), problems);
        if (!problems.isEmpty()) {
            return new Planning.Refused(problems);
        }
        return switch (WhenTest.test(definition.when(), facts(definition, request, values))) {
            case Verdict.Fails(String why) -> new Planning.Filtered(why);
            case Verdict.Broken(String why) -> new Planning.Refused(List.of(why));
            case Verdict.Holds _ -> planned(definition, request, values);
        };
    }

    private static boolean asksToBeSkipped(PlanRequest request) {
        String message = request.source().map(Source::message).orElse("").toLowerCase(Locale.ROOT);
        return SKIPPABLE.contains(request.event())
                && (message.contains("[skip ci]") || message.contains("[ci skip]"));
    }

    private static Planning planned(
            PipelineDefinition definition, PlanRequest request, Map<String, String> values) {
        try {
            StepDefinition whole =
                    request.stranger()
                            .map(change -> ApprovalFirst.before(definition.root(), change))
                            .orElse(definition.root());
            Step root = new TreeBuilder(request.pipeline(), values).build(whole);
            return new Planning.Planned(Plan.of(head(definition, request, values), root));
        } catch (ReferenceException missing) {
            return new Planning.Refused(List.of(String.valueOf(missing.getMessage())));
        } catch (MillwrightException tooLarge) {
            return new Planning.Refused(List.of(String.valueOf(tooLarge.getMessage())));
        }
    }

    private static Plan.Head head(
            PipelineDefinition definition, PlanRequest request, Map<String, String> values) {
        return new Plan.Head(
                request.namespace(),
                request.pipeline(),
                request.event(),
                definition.inputs(),
                values,
                environment(definition, request),
                request.sourceOrNull(),
                concurrency(definition, request, values).orElse(null),
                request.files(),
                definition.priority(),
                request.changeOrNull());
    }

    private static Optional<Concurrency> concurrency(
            PipelineDefinition definition, PlanRequest request, Map<String, String> values) {
        return request.stranger().isPresent()
                ? request.stranger()
                        .flatMap(change -> ApprovalFirst.group(request.pipeline(), change))
                : definition
                        .concurrency()
                        .map(group ->
                                new Concurrency(
                                        References.resolveEarly(group.group(), values, Map.of()),
                                        group.cancelPrevious()));
    }

    private static Map<String, String> environment(
            PipelineDefinition definition, PlanRequest request) {
        Map<String, String> environment = new HashMap<>(request.environment());
        environment.putAll(definition.environment());
        return environment;
    }

    private static Facts facts(
            PipelineDefinition definition, PlanRequest request, Map<String, String> values) {
        return Facts.of(
                request.event(),
                request.source(),
                definition.inputs(),
                values,
                environment(definition, request));
    }
}
