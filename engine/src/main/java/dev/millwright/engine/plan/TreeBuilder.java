package dev.millwright.engine.plan;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.expression.Reference;
import dev.millwright.engine.expression.References;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.plan.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Builds the step tree of one plan: gives paths and roles, expands matrices, hands directories and
/// needs down to the leaves. Used by one thread for one tree.
final class TreeBuilder {
    /// How long teardown may take when it does not say.
    private static final Duration TEARDOWN_TIMEOUT = Duration.ofMinutes(5);

    private final String pipeline;
    private final Map<String, String> inputs;
    private int steps;

    TreeBuilder(String pipeline, Map<String, String> inputs) {
        this.pipeline = pipeline;
        this.inputs = inputs;
    }

    /// What a step takes over from the groups around it.
    private record Outer(
            @Nullable String directory,
            Map<String, String> needs,
            StepOptions.OnLost onLost,
            Map<String, String> matrix) {
        static final Outer NOTHING = new Outer(null, Map.of(), StepOptions.OnLost.FAIL, Map.of());

        Outer inside(StepOptions options) {
            Map<String, String> all = new HashMap<>(needs);
            all.putAll(options.needs());
            boolean own = options.onLost() != StepOptions.OnLost.FAIL;
            return new Outer(
                    options.directory().orElse(directory),
                    all,
                    own ? options.onLost() : onLost,
                    matrix);
        }

        Outer withMatrix(Map<String, String> values) {
            return new Outer(directory, needs, onLost, values);
        }
    }

    Step build(StepDefinition root) {
        StepOptions options =
                root.options().name().isEmpty()
                        ? root.options().toBuilder().name(pipeline).build()
                        : root.options();
        return step(root, options, StepPath.ROOT, Role.BODY, Outer.NOTHING);
    }

    private Step step(StepDefinition definition, StepPath path, Role role, Outer outer) {
        return definition.matrix().isPresent()
                ? matrix(definition, definition.matrix().get(), path, role, outer)
                : step(definition, definition.options(), path, role, outer);
    }

    private Step matrix(
            StepDefinition definition,
            StepDefinition.Matrix matrix,
            StepPath path,
            Role role,
            Outer outer) {
        count();
        String name = definition.options().name();
        StepOptions group =
                new StepOptions.Builder(early(name, outer))
                        .role(role)
                        .matrix(outer.matrix())
                        .timeout(timeout(null, role))
                        .build();
        List<Step> cells = new ArrayList<>();
        for (Map<String, String> values : MatrixCells.of(matrix)) {
            Map<String, String> all = new HashMap<>(outer.matrix());
            all.putAll(values);
            String label =
                    values.entrySet().stream()
                            .map(value -> value.getKey() + "=" + value.getValue())
                            .collect(Collectors.joining(", ", " (", ")"));
            Outer inside = outer.withMatrix(all);
            cells.add(
                    step(
                            definition,
                            definition.options().toBuilder()
                                    .name(name + Reference.escaped(label))
                                    .build(),
                            path.child(cells.size()),
                            Role.BODY,
                            inside));
        }
        if (cells.isEmpty()) {
            throw new MillwrightException(
                    "the matrix of step '%s' has no cells; exclude fewer".formatted(name));
        }
        return new Step.Matrix(path, group, matrix.maxInFlight(), matrix.failFast(), cells);
    }

    private Step step(
            StepDefinition definition, StepOptions written, StepPath path, Role role, Outer outer) {
        count();
        Outer inside = outer.inside(written);
        StepOptions options =
                written.toBuilder()
                        .name(early(written.name(), outer))
                        .role(role)
                        .matrix(outer.matrix())
                        .directory(inside.directory())
                        .needs(inside.needs())
                        .onLost(inside.onLost())
                        .timeout(timeout(written.timeoutOrNull(), role))
                        .build();
        boolean guarded =
                !definition.setup().isEmpty()
                        || !definition.ensure().isEmpty()
                        || !definition.teardown().isEmpty();
        return switch (definition.body()) {
            case StepDefinition.InOrder(List<StepDefinition> body) ->
                    new Step.Sequence(path, options, children(definition, body, path, inside));
            case StepDefinition.SideBySide(
                            List<StepDefinition> body,
                            int maxInFlight,
                            boolean failFast) ->
                    new Step.Parallel(
                            path,
                            options,
                            maxInFlight,
                            failFast,
                            children(definition, body, path, inside));
            case StepDefinition.Work _, StepDefinition.Approval _, StepDefinition.Pause _ ->
                    guarded
                            ? wrapped(definition, options, path, inside)
                            : leaf(definition.body(), options, path);
        };
    }

    private static @Nullable Duration timeout(@Nullable Duration written, Role role) {
        return written == null && role.isAlways() ? TEARDOWN_TIMEOUT : written;
    }

    private List<Step> children(
            StepDefinition definition, List<StepDefinition> body, StepPath path, Outer outer) {
        List<Step> children = new ArrayList<>();
        add(children, definition.setup(), Role.SETUP, path, outer);
        add(children, body, Role.BODY, path, outer);
        add(children, definition.ensure(), Role.ENSURE, path, outer);
        add(children, definition.teardown(), Role.TEARDOWN, path, outer);
        return children;
    }

    private void add(
            List<Step> children,
            List<StepDefinition> definitions,
            Role role,
            StepPath path,
            Outer outer) {
        for (StepDefinition definition : definitions) {
            children.add(step(definition, path.child(children.size()), role, outer));
        }
    }

    /// A leaf with setup or teardown becomes a sequence around it: the sequence has the condition
    /// and may fail, the leaf has timeout and retry.
    private Step wrapped(
            StepDefinition definition, StepOptions options, StepPath path, Outer outer) {
        StepOptions group = options.toBuilder().timeout(null).retry(Retry.NONE).build();
        StepOptions inner =
                options.toBuilder()
                        .role(Role.BODY)
                        .when(When.ALWAYS)
                        .allowFailure(false)
                        .environment(Map.of())
                        .build();
        List<Step> children = new ArrayList<>();
        add(children, definition.setup(), Role.SETUP, path, outer);
        count();
        children.add(leaf(definition.body(), inner, path.child(children.size())));
        add(children, definition.ensure(), Role.ENSURE, path, outer);
        add(children, definition.teardown(), Role.TEARDOWN, path, outer);
        return new Step.Sequence(path, group, children);
    }

    private static Step leaf(StepDefinition.Body body, StepOptions options, StepPath path) {
        return switch (body) {
            case StepDefinition.Work work ->
                    new Step.Run(path, options, work.runner(), work.parameters(), work.outputs());
            case StepDefinition.Approval(List<String> groups, String message) ->
                    new Step.Approve(path, options, groups, message);
            case StepDefinition.Pause(Duration time) -> new Step.Wait(path, options, time);
            case StepDefinition.InOrder _, StepDefinition.SideBySide _ ->
                    throw new IllegalStateException("a group is not a leaf: " + path);
        };
    }

    private String early(String text, Outer outer) {
        return References.resolveEarly(text, inputs, outer.matrix());
    }

    private void count() {
        steps++;
        if (steps > Plan.MAX_STEPS) {
            throw new MillwrightException(
                    String.format(
                            Locale.ROOT,
                            "the plan has more than %,d steps; split the pipeline or shrink its matrix",
                            Plan.MAX_STEPS));
        }
    }
}
