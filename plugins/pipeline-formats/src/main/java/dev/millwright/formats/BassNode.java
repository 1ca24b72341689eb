package dev.millwright.formats;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Translates nodes: each executes a program, or holds further nodes, in order or not.
final class BassNode {
    private static final String CONDITION = "if-changeset-matches";

    private static final List<String> KEYS =
            List.of(
                    "name",
                    CONDITION,
                    "setup",
                    "teardown",
                    "timeout",
                    "exec",
                    "steps",
                    "cwd",
                    "order");

    /// What Python's expressions have and RE2 has not.
    private static final Pattern NOT_RE2 = Pattern.compile("\\(\\?(=|!|<=|<!|P=|\\()|\\\\[1-9]");

    private BassNode() {}

    /// The node as a pipeline of its own.
    static Made pipeline(Keys keys) {
        Made pipeline = new Made(keys.place());
        keys.text("name")
                .ifPresent(name -> pipeline.put("name", Literal.of(name), keys.place("name")));
        return pipeline.put("steps", List.of(step(keys, "")));
    }

    private static Made step(Placed.Fields map, String around, Keys outer) {
        String name =
                Optional.ofNullable(map.entries().get("name"))
                        .map(Placed.Entry::value)
                        .filter(Placed.Scalar.class::isInstance)
                        .map(value -> "'%s'".formatted(((Placed.Scalar) value).text()))
                        .orElse("at line " + map.place().line());
        return step(new Keys(map, "node " + name, outer.faults()), around);
    }

    private static Made step(Keys keys, String around) {
        Made step = new Made(keys.place());
        Faults faults = keys.faults();
        keys.leaveOutAllBut(KEYS);
        Optional<String> name = keys.text("name");
        if (name.isEmpty() && !keys.has("name")) {
            faults.add(keys.place(), "%s: 'name' is missing".formatted(keys.owner()));
        }
        name.ifPresent(text -> step.put("name", Literal.of(text), keys.place("name")));
        condition(keys).ifPresent(when -> step.put("when", when, keys.place(CONDITION)));
        timeout(keys).ifPresent(time -> step.put("timeout", time, keys.place("timeout")));
        String folder = BassFolder.of(keys, around);
        BassFolder.put(step, folder, keys);
        body(keys, step, folder);
        for (String key : List.of("setup", "teardown")) {
            keys.fields(key).ifPresent(node -> step.put(key, List.of(step(node, folder, keys))));
        }
        return step;
    }

    private static void body(Keys keys, Made step, String folder) {
        Faults faults = keys.faults();
        if (keys.has("exec") == keys.has("steps")) {
            faults.add(
                    keys.place(keys.has("steps") ? "steps" : ""),
                    "%s: %s"
                            .formatted(
                                    keys.owner(),
                                    keys.has("exec")
                                            ? "'exec' and 'steps' do not go together"
                                            : "'exec' or 'steps' is missing"));
        } else if (keys.has("exec")) {
            BassCommand.put(step, keys.texts("exec"), keys);
        } else {
            List<Placed.Fields> nodes = keys.maps("steps");
            if (nodes.isEmpty() && faults.isEmpty()) {
                faults.add(keys.place("steps"), "%s: 'steps' is empty".formatted(keys.owner()));
            }
            step.put(
                    isUnordered(keys) ? "parallel" : "sequence",
                    nodes.stream().map(node -> step(node, folder, keys)).toList());
        }
    }

    private static boolean isUnordered(Keys keys) {
        String order = keys.text("order").orElse("ordered");
        if (!List.of("ordered", "unordered").contains(order)) {
            keys.faults()
                    .add(
                            keys.place("order"),
                            "%s: 'order' is 'ordered' or 'unordered', not '%s'"
                                    .formatted(keys.owner(), order));
        }
        return order.equals("unordered");
    }

    /// Where nobody knows what changed, the node is carried out.
    private static Optional<Object> condition(Keys keys) {
        return keys.text(CONDITION)
                .flatMap(expression -> {
                    Optional<String> problem = problem(expression);
                    problem.ifPresent(why ->
                            keys.faults()
                                    .add(
                                            keys.place(CONDITION),
                                            "%s: '%s' %s".formatted(keys.owner(), CONDITION, why)));
                    return problem.isPresent()
                            ? Optional.empty()
                            : Optional.of(
                                    Map.of(
                                            "expression",
                                            "size(changed) == 0 || changed.exists(file, file.matches(%s))"
                                                    .formatted(quoted(expression))));
                });
    }

    private static Optional<String> problem(String expression) {
        if (NOT_RE2.matcher(expression).find()) {
            return Optional.of("uses what RE2 has not: looking around, or back references");
        }
        try {
            var _ = Pattern.compile(expression);
            return Optional.empty();
        } catch (PatternSyntaxException wrong) {
            return Optional.of("is no regular expression: " + wrong.getDescription());
        }
    }

    private static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + "'";
    }

    /// Seconds.
    private static Optional<String> timeout(Keys keys) {
        return keys.text("timeout")
                .flatMap(text -> {
                    if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) > 0) {
                        return Optional.of(text + "s");
                    }
                    if (text.matches("[0-9]{1,7}\\.[0-9]{1,6}")
                            && Double.parseDouble(text) >= 0.001) {
                        return Optional.of((long) (Double.parseDouble(text) * 1000) + "ms");
                    }
                    keys.faults()
                            .add(
                                    keys.place("timeout"),
                                    "%s: 'timeout' is a number of seconds, not '%s'"
                                            .formatted(keys.owner(), text));
                    return Optional.empty();
                });
    }
}
