package dev.millwright.engine.plan;

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
public record PlanRequest(
        String namespace,
        String pipeline,
        String event,
        Map<String, String> inputValues,
        Map<String, String> environment,
        @Nullable Source sourceOrNull,
        List<String> files) {
    public PlanRequest {
        inputValues = Map.copyOf(inputValues);
        environment = Map.copyOf(environment);
        files = List.copyOf(files);
    }

    public Optional<Source> source() {
        return Optional.ofNullable(sourceOrNull);
    }
}
