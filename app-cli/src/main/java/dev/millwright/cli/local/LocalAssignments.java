package dev.millwright.cli.local;

import dev.millwright.engine.expression.References;
import dev.millwright.engine.plan.RunFacts;
import dev.millwright.engine.plan.StepEnvironment;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import dev.millwright.node.Assignment;
import dev.millwright.node.WorkspaceRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes what the node needs to know about one leaf, as a server would.
///
/// @param clean whether the workspace is filled from the last commit, instead of being the working
///   directory itself
record LocalAssignments(
        Plan plan, RunId run, Instant createdAt, boolean clean, LocalSecrets secrets) {

    /// Throws [dev.millwright.engine.expression.ReferenceException] and
    /// [LocalSecrets.MissingException] when something is not there.
    Assignment make(RunState state, Step.Run step, int attempt) {
        String trace = run.value().toString().replace("-", "");
        String span = "%016x".formatted(UUID.randomUUID().getMostSignificantBits());
        RunFacts facts =
                new RunFacts(
                        run,
                        1,
                        attempt,
                        attempt,
                        createdAt,
                        Instant.now(),
                        "",
                        trace,
                        span,
                        null,
                        NodeName.LOCAL,
                        Map.of());
        Map<String, String> environment = StepEnvironment.of(plan, state, step, facts);
        return Assignment.builder(
                        new AttemptId(UUID.randomUUID()),
                        attempt,
                        run,
                        step.path(),
                        step.runner(),
                        new Parameters(resolve(step.parameters(), state, step)))
                .environment(environment)
                .secrets(secrets.of(plan, step, environment))
                .directory(directory(state, step))
                .workspace(workspace())
                .timeout(step.options().timeoutOrNull())
                .outputs(step.outputs())
                .changedFiles(plan.head().source().map(Source::changedFiles).orElse(List.of()))
                .build();
    }

    private @Nullable String directory(RunState state, Step.Run step) {
        Optional<String> directory = step.options().directory();
        return directory.isEmpty() ? null : References.resolve(directory.get(), plan, state, step);
    }

    private @Nullable WorkspaceRequest workspace() {
        Source source = plan.head().sourceOrNull();
        return source == null || !clean
                ? null
                : new WorkspaceRequest(
                        source.url(), source.commit(), source.refOrNull(), source.checkout());
    }

    /// Everything but scripts: what comes from outside reaches those through the environment only.
    private Map<String, Object> resolve(Parameters parameters, RunState state, Step.Run step) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        parameters
                .values()
                .forEach((key, value) ->
                        resolved.put(
                                key, key.equals("script") ? value : resolve(value, state, step)));
        return resolved;
    }

    private Object resolve(Object value, RunState state, Step.Run step) {
        return switch (value) {
            case String text -> References.resolve(text, plan, state, step);
            case List<?> list -> list.stream().map(each -> resolve(each, state, step)).toList();
            case Map<?, ?> map -> {
                Map<String, Object> resolved = new LinkedHashMap<>();
                map.forEach(
                        (key, each) -> resolved.put(key.toString(), resolve(each, state, step)));
                yield resolved;
            }
            default -> value;
        };
    }
}
