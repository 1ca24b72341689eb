package dev.millwright.engine.expression;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${inputs.X}`, `${matrix.X}` and `${steps.NAME.outputs.X}` in values. `${WORD}` without a
/// dot is left to the shell, and `$${` stands for a literal `${`.
///
/// Scripts are never run through this: values reach them through the environment only.
public final class References {
    private static final Pattern FORM = Pattern.compile("\\$?\\$\\{([^}.]+)\\.([^}]+)}");

    private References() {}

    /// Replace everything that is known once the step is about to start. Throws
    /// [ReferenceException] when something is not there.
    public static String resolve(String text, Plan plan, RunState state, Step step) {
        return replace(
                text,
                (root, rest) ->
                        root.equals("steps")
                                ? StepOutputs.find(rest, plan, state, step)
                                : value(root, rest, plan.head().values(), step.options().matrix()));
    }

    /// Replace what is known when the plan is made: inputs and matrix values.
    public static String resolveEarly(
            String text, Map<String, String> inputs, Map<String, String> matrix) {
        return replace(text, (root, rest) -> value(root, rest, inputs, matrix));
    }

    private interface Lookup {
        String find(String root, String rest);
    }

    private static String replace(String text, Lookup lookup) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher reference = FORM.matcher(text);
        StringBuilder result = new StringBuilder();
        while (reference.find()) {
            String whole = reference.group();
            String value =
                    whole.startsWith("$$")
                            ? whole.substring(1)
                            : lookup.find(reference.group(1).strip(), reference.group(2).strip());
            reference.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(result).toString();
    }

    private static String value(
            String root, String name, Map<String, String> inputs, Map<String, String> matrix) {
        return switch (root) {
            case "inputs" -> get(root, name, inputs);
            case "matrix" -> get(root, name, matrix);
            case "steps" ->
                    throw new ReferenceException(
                            "${steps.%s} is not known before the run starts".formatted(name));
            default ->
                    throw new ReferenceException(
                            "${%s.%s} refers to nothing; references begin with inputs, matrix or steps"
                                    .formatted(root, name));
        };
    }

    private static String get(String root, String name, Map<String, String> values) {
        return Optional.ofNullable(values.get(name))
                .orElseThrow(
                        () ->
                                new ReferenceException(
                                        "${%s.%s} refers to nothing; there is %s"
                                                .formatted(
                                                        root,
                                                        name,
                                                        values.isEmpty()
                                                                ? "none"
                                                                : String.join(
                                                                        ", ",
                                                                        new TreeSet<>(
                                                                                values
                                                                                        .keySet())))));
    }
}
