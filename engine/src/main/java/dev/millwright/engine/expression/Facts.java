package dev.millwright.engine.expression;

import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.Source;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What conditions can look at.
///
/// @param filesAreKnown whether `changed` is the whole truth, so that an empty list says that
///   nothing changed
/// @param inputs by name, as numbers, booleans and texts
/// @param steps by name: `outcome` and `outputs` of the steps that have ended
public record Facts(
        String event,
        String branch,
        String tag,
        String commit,
        List<String> changed,
        boolean filesAreKnown,
        Map<String, Object> inputs,
        Map<String, String> matrix,
        Map<String, String> environment,
        Map<String, Object> steps) {
    public Facts {
        changed = List.copyOf(changed);
        inputs = Map.copyOf(inputs);
        matrix = Map.copyOf(matrix);
        environment = Map.copyOf(environment);
        steps = Map.copyOf(steps);
    }

    /// The facts of a pipeline as a whole.
    public static Facts of(
            String event,
            Optional<Source> source,
            List<Input> inputs,
            Map<String, String> values,
            Map<String, String> environment) {
        return new Facts(
                event,
                source.map(Source::branch).orElse(""),
                source.map(Source::tag).orElse(""),
                source.map(Source::commit).orElse(""),
                source.map(Source::changedFiles).orElse(List.of()),
                source.filter(known -> !known.previousCommit().isEmpty()).isPresent(),
                typed(inputs, values),
                Map.of(),
                environment,
                Map.of());
    }

    Facts forStep(
            Map<String, String> ofMatrix,
            Map<String, String> ofEnvironment,
            Map<String, Object> ofSteps) {
        return new Facts(
                event,
                branch,
                tag,
                commit,
                changed,
                filesAreKnown,
                inputs,
                ofMatrix,
                ofEnvironment,
                ofSteps);
    }

    private static Map<String, Object> typed(List<Input> inputs, Map<String, String> values) {
        Map<String, Object> typed = new HashMap<>(values);
        for (Input input : inputs) {
            typed.computeIfPresent(
                    input.name(), (name, value) -> typed(input.type(), String.valueOf(value)));
        }
        return typed;
    }

    private static Object typed(Input.Type type, String value) {
        return switch (type) {
            case STRING, ENUM -> value;
            case BOOLEAN -> Boolean.valueOf(value);
            case NUMBER -> number(value);
        };
    }

    private static Object number(String value) {
        BigDecimal number = new BigDecimal(value);
        boolean whole =
                number.stripTrailingZeros().scale() <= 0
                        && number.precision() - number.scale() <= 18;
        return whole ? (Object) number.longValue() : number.doubleValue();
    }

    Map<String, Object> variables() {
        return Map.of(
                "event", event,
                "branch", branch,
                "tag", tag,
                "commit", commit,
                "changed", changed,
                "inputs", inputs,
                "matrix", matrix,
                "env", environment,
                "steps", steps);
    }
}
