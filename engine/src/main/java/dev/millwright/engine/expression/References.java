package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Replaces `${inputs.X}`, `${matrix.X}`, `${env.X}` and `${steps.NAME.outputs.X}` in values.
///
/// Scripts are never run through this: values reach them through the environment only.
public final class References {
    private References() {}

    /// Replace everything that is known once the step is about to start. `env` are the variables
    /// that the pipeline sets for the step. Throws [ReferenceException] when something is not
    /// there.
    public static String resolve(String text, Plan plan, RunState state, Step step) {
        return resolve(text, plan, state, step, () -> Variables.of(Map.of(), plan, state, step));
    }

    static String resolve(
            String text,
            Plan plan,
            RunState state,
            Step step,
            Supplier<Map<String, String>> environment) {
        return Reference.replace(
                text,
                reference ->
                        switch (reference.root()) {
                            case "steps" -> StepOutputs.find(reference, plan, state, step);
                            case "env" -> value(reference, environment.get());
                            default ->
                                    early(reference, plan.head().values(), step.options().matrix());
                        });
    }

    /// Replace what is known when the plan is made: inputs and matrix values.
    public static String resolveEarly(
            String text, Map<String, String> inputs, Map<String, String> matrix) {
        return Reference.replace(text, reference -> early(reference, inputs, matrix));
    }

    private static String early(
            Reference reference, Map<String, String> inputs, Map<String, String> matrix) {
        return switch (reference.root()) {
            case "inputs" -> value(reference, inputs);
            case "matrix" -> value(reference, matrix);
            case "steps", "env" ->
                    throw new ReferenceException(
                            reference.whole() + " is not known before the run starts");
            default ->
                    throw new ReferenceException(
                            reference.whole()
                                    + " refers to nothing; references begin with inputs, matrix,"
                                    + " steps or env");
        };
    }

    private static String value(Reference reference, Map<String, String> values) {
        String value = values.get(reference.rest());
        if (value == null) {
            String there =
                    values.isEmpty() ? "none" : String.join(", ", new TreeSet<>(values.keySet()));
            throw new ReferenceException(
                    "%s refers to nothing; there is %s".formatted(reference.whole(), there));
        }
        return value;
    }
}
