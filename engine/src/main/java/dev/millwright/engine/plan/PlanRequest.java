package dev.millwright.engine.plan;

import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a plan is made for.
///
/// @param event what caused the run
/// @param inputValues values given by the caller, by input name
/// @param environment variables of the pipeline resource
/// @param sourceOrNull the pinned repository state
/// @param files the files that the definition was read from
/// @param changeOrNull what a trigger told of the change
public record PlanRequest(
        String namespace,
        String pipeline,
        String event,
        Map<String, String> inputValues,
        Map<String, String> environment,
        @Nullable Source sourceOrNull,
        List<String> files,
        @Nullable Change changeOrNull) {
    public PlanRequest {
        inputValues = Map.copyOf(inputValues);
        environment = Map.copyOf(environment);
        files = List.copyOf(files);
    }

    /// Without a trigger that tells of a change.
    public PlanRequest(
            String namespace,
            String pipeline,
            String event,
            Map<String, String> inputValues,
            Map<String, String> environment,
            @Nullable Source sourceOrNull,
            List<String> files) {
        this(namespace, pipeline, event, inputValues, environment, sourceOrNull, files, null);
    }

    /// The change, when it comes from somebody who may not write to the repository.
    Optional<Change> stranger() {
        return Optional.ofNullable(changeOrNull).filter(change -> !change.trusted());
    }

    public Optional<Source> source() {
        return Optional.ofNullable(sourceOrNull);
    }
}
