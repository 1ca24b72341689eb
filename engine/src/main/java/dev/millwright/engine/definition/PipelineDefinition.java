package dev.millwright.engine.definition;

import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.When;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pipeline as its author wrote it: references unresolved, matrices not expanded.
///
/// @param priority runs with a higher one get free slots first
/// @param root the whole pipeline as one step
public record PipelineDefinition(
        List<Input> inputs,
        When when,
        @Nullable Concurrency concurrencyOrNull,
        int priority,
        Map<String, String> environment,
        StepDefinition root) {
    public PipelineDefinition {
        inputs = List.copyOf(inputs);
        environment = Map.copyOf(environment);
    }

    public Optional<Concurrency> concurrency() {
        return Optional.ofNullable(concurrencyOrNull);
    }
}
