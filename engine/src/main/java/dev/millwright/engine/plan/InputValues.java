package dev.millwright.engine.plan;

import dev.millwright.engine.definition.InputCheck;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.plan.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Binds given values to declared inputs.
final class InputValues {
    private InputValues() {}

    /// @param problems told of everything that does not fit
    static Map<String, String> bind(
            List<Input> inputs, Map<String, String> given, List<String> problems) {
        List<String> names = inputs.stream().map(Input::name).toList();
        given.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> {
                    String hint = Suggestions.didYouMean(name, names);
                    problems.add(
                            "the pipeline has no input '%s'%s"
                                    .formatted(name, hint.isEmpty() ? "" : "; " + hint));
                });
        Map<String, String> bound = new LinkedHashMap<>();
        for (Input input : inputs) {
            Optional<String> value =
                    Optional.ofNullable(given.get(input.name())).or(input::defaultValue);
            if (value.isEmpty()) {
                problems.add("input '%s' is missing and has no default".formatted(input.name()));
            } else {
                InputCheck.problem(input, value.get()).ifPresent(problems::add);
                bound.put(input.name(), value.get());
            }
        }
        return bound;
    }
}
