package dev.millwright.server.run;

import dev.millwright.engine.expression.ReferenceException;
import dev.millwright.engine.expression.References;
import dev.millwright.engine.plan.RunFacts;
import dev.millwright.engine.plan.SecretReferences;
import dev.millwright.engine.plan.StepEnvironment;
import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import dev.millwright.node.Assignment;
import dev.millwright.node.WorkspaceRequest;
import dev.millwright.plugin.Secret;
import dev.millwright.server.secret.RepositorySecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes what a node needs to know out of a plan, its states and one leaf. Pure; any thread.
///
/// @param serverUrl base of the links that steps find in their environment
/// @param grace between TERM and KILL
/// @param logLimit bytes of output that a step may write
/// @param telemetry variables by which an attempt tells the server of itself
record AssignmentMaker(
        String serverUrl,
        Duration grace,
        long logLimit,
        Function<AttemptId, Map<String, String>> telemetry) {

    /// Without secrets of stores.
    Assignment make(
            ActiveRun run, RunState state, Step.Run step, AttemptRecord attempt, Instant now) {
        return make(run, state, step, attempt, now, Map.of());
    }

    /// Throws [AssignmentException] when something that the leaf refers to is not there.
    ///
    /// @param secrets by their references: those of the step, and those of the repository
    Assignment make(
            ActiveRun run,
            RunState state,
            Step.Run step,
            AttemptRecord attempt,
            Instant now,
            Map<String, Secret> secrets) {
        Plan plan = run.plan();
        try {
            return Assignment.builder(
                            attempt.id(),
                            attempt.fence(),
                            run.record().id(),
                            step.path(),
                            step.runner(),
                            parameters(plan, state, step))
                    .environment(
                            StepEnvironment.of(
                                    plan, state, step, facts(run.record(), attempt, now)))
                    .directory(directory(plan, state, step))
                    .workspace(workspace(plan, secrets))
                    .timeout(step.options().timeoutOrNull())
                    .grace(grace)
                    .logLimit(logLimit)
                    .outputs(step.outputs())
                    .changedFiles(plan.head().source().map(Source::changedFiles).orElse(List.of()))
                    .secrets(ofStep(plan, step, secrets))
                    .build();
        } catch (ReferenceException missing) {
            throw new AssignmentException(String.valueOf(missing.getMessage()), missing);
        }
    }

    private static Parameters parameters(Plan plan, RunState state, Step.Run step) {
        Parameters resolved = resolve(step.parameters(), plan, state, step);
        if (SecretsOfStrangers.isStranger(plan)) {
            SecretsOfStrangers.refuse(resolved);
        }
        return resolved;
    }

    private RunFacts facts(RunRecord run, AttemptRecord attempt, Instant now) {
        return new RunFacts(
                run.id(),
                run.number(),
                attempt.number(),
                attempt.fence(),
                run.queuedAt(),
                now,
                serverUrl,
                run.traceId(),
                SpanIds.of(run.id(), attempt.position(), attempt.number()),
                run.rerunOfOrNull(),
                attempt.node(),
                telemetry.apply(attempt.id()));
    }

    private static @Nullable String directory(Plan plan, RunState state, Step.Run step) {
        Optional<String> directory = step.options().directory();
        return directory.isEmpty() ? null : References.resolve(directory.get(), plan, state, step);
    }

    /// The step is not told what opens the repository, unless it asks for the same secret itself.
    private static Map<String, Secret> ofStep(
            Plan plan, Step.Run step, Map<String, Secret> secrets) {
        Map<String, Secret> own = new LinkedHashMap<>(secrets);
        own.keySet().retainAll(SecretReferences.of(plan, step));
        return own;
    }

    private static @Nullable WorkspaceRequest workspace(Plan plan, Map<String, Secret> secrets) {
        Optional<Source> source = plan.head().source().filter(one -> !one.url().isEmpty());
        if (source.isEmpty()) {
            return null;
        }
        Source pinned = source.get();
        return new WorkspaceRequest(
                pinned.url(),
                pinned.commit(),
                pinned.refOrNull(),
                pinned.checkout(),
                pinned.access()
                        .map(access ->
                                RepositorySecrets.login(
                                        plan.head().namespace(),
                                        access,
                                        secrets,
                                        // Who writes submodules says what is read with it
                                        !SecretsOfStrangers.isStranger(plan)))
                        .orElse(null));
    }

    /// References are resolved everywhere but in scripts: what comes from outside reaches a script
    /// through its environment only.
    private static Parameters resolve(
            Parameters parameters, Plan plan, RunState state, Step.Run step) {
        Map<String, Object> resolved = new LinkedHashMap<>();
        parameters
                .values()
                .forEach((key, value) ->
                        resolved.put(
                                key,
                                key.equals("script") ? value : resolve(value, plan, state, step)));
        return new Parameters(resolved);
    }

    private static Object resolve(Object value, Plan plan, RunState state, Step.Run step) {
        return switch (value) {
            case String text -> References.resolve(text, plan, state, step);
            case List<?> list ->
                    list.stream().map(element -> resolve(element, plan, state, step)).toList();
            case Map<?, ?> map -> {
                Map<Object, Object> copy = new LinkedHashMap<>();
                map.forEach((key, element) -> copy.put(key, resolve(element, plan, state, step)));
                yield copy;
            }
            default -> value;
        };
    }
}
