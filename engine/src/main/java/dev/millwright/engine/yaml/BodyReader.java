package dev.millwright.engine.yaml;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.OutputSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a step does: its commands, its children, or what it waits for. Used by one thread.
final class BodyReader {
    /// At most one of these stands in a step.
    private static final List<String> BODIES =
            List.of("commands", "script", "exec", "sequence", "parallel", "approve", "wait", "nodes");

    private static final List<String> CONTAINER =
            List.of("image", "pull", "entrypoint", "volumes", "privileged", "services");
    private static final List<String> FLEET =
            List.of("nodes", "tasks", "serial", "maxFail", "barrier");

    private final Problems problems;
    private final StepReader steps;

    BodyReader(Problems problems, StepReader steps) {
        this.problems = problems;
        this.steps = steps;
    }

    /// Empty when the step has no usable body; the problem is noted then.
    Optional<StepDefinition.Body> read(FieldReader fields, Tree.Fields map, List<String> shell) {
        List<String> present = BODIES.stream().filter(fields::has).toList();
        if (present.size() > 1) {
            problems.add(
                    fields.mark(present.get(1)),
                    present.get(1),
                    "a step does one thing, and this one has both '%s' and '%s'"
                            .formatted(present.get(0), present.get(1)),
                    "make two steps of it");
            return Optional.empty();
        }
        if (present.isEmpty() && !fields.has("image")) {
            // A mistyped key has been told already, and is most likely what is missing here
            boolean mistyped = map.entries().keySet().stream().anyMatch(key -> !StepReader.KEYS.contains(key));
            if (mistyped) {
                return Optional.empty();
            }
            problems.add(
                    map.mark(),
                    "",
                    "the step does nothing",
                    "give it one of commands, exec, sequence, parallel, approve, wait or include");
            return Optional.empty();
        }
        String body = present.isEmpty() ? "image" : present.getFirst();
        return switch (body) {
            case "sequence" ->
                    Optional.of(new StepDefinition.InOrder(children(fields, "sequence", shell)));
            case "parallel" ->
                    Optional.of(
                            new StepDefinition.SideBySide(
                                    children(fields, "parallel", shell),
                                    fields.count("maxInFlight", 0, 0),
                                    fields.flag("failFast", false)));
            case "approve" -> Optional.of(approval(fields));
            case "wait" -> fields.duration("wait").map(StepDefinition.Pause::new);
            case "nodes" -> Optional.of(new StepDefinition.Work("fleet", only(map, FLEET), List.of()));
            default -> Optional.of(work(fields, map, shell));
        };
    }

    private List<StepDefinition> children(FieldReader fields, String key, List<String> shell) {
        Tree tree = fields.tree(key).orElseThrow();
        List<StepDefinition> children = steps.list(key, tree, shell);
        if (tree instanceof Tree.Items list && list.items().isEmpty()) {
            problems.add(list, "'%s' has no steps".formatted(key), "add one, or remove the group");
        }
        List<StepDefinition> all = new ArrayList<>(children);
        return all;
    }

    private StepDefinition.Body approval(FieldReader fields) {
        Tree tree = fields.tree("approve").orElseThrow();
        if (tree instanceof Tree.Fields map) {
            FieldReader inner = new FieldReader(map, problems);
            inner.onlyKnown(List.of("groups", "message", "timeout"));
            return new StepDefinition.Approval(
                    inner.texts("groups"), inner.text("message").orElse(""));
        }
        if (!fields.flag("approve", false)) {
            problems.add(tree, "'approve: false' does nothing", "remove the step");
        }
        return new StepDefinition.Approval(List.of(), "");
    }

    private StepDefinition.Work work(FieldReader fields, Tree.Fields map, List<String> shell) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (fields.has("exec")) {
            parameters.put("argv", fields.texts("exec"));
        }
        String key = fields.has("commands") ? "commands" : "script";
        if (fields.has(key)) {
            List<String> lines = fields.texts(key);
            parameters.put("script", String.join("\n", lines) + "\n");
            parameters.put("shell", shell);
        }
        boolean container = fields.has("image") || fields.has("services");
        if (container) {
            parameters.putAll(only(map, CONTAINER).values());
        }
        return new StepDefinition.Work(
                container ? "container" : "process", new Parameters(parameters), outputs(fields));
    }

    private static Parameters only(Tree.Fields map, List<String> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        map.entries()
                .forEach(
                        (key, entry) -> {
                            if (keys.contains(key)) {
                                values.put(key, entry.value().plain());
                            }
                        });
        return new Parameters(values);
    }

    private List<OutputSource> outputs(FieldReader fields) {
        List<OutputSource> outputs = new ArrayList<>();
        fields.map("outputs")
                .ifPresent(
                        map ->
                                map.entries()
                                        .forEach(
                                                (name, entry) ->
                                                        output(name, entry.value())
                                                                .ifPresent(outputs::add)));
        return outputs;
    }

    private Optional<OutputSource> output(String name, Tree tree) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            problems.add(tree, "'%s' is not a name for an output".formatted(name), "use letters, digits, '_' and '-'");
        }
        return switch (tree) {
            case Tree.Scalar scalar -> Optional.of(new OutputSource(name, scalar.text(), null));
            case Tree.Fields map -> {
                FieldReader inner = new FieldReader(map, problems);
                inner.onlyKnown(List.of("file", "regex"));
                Optional<String> file = inner.text("file");
                if (file.isEmpty()) {
                    problems.add(map, "output '%s' has no file".formatted(name), "add 'file: PATH'");
                }
                yield file.map(path -> new OutputSource(name, path, inner.text("regex").orElse(null)));
            }
            case Tree.Items list -> {
                problems.add(list, "output '%s' is a list".formatted(name), "write {file: PATH}");
                yield Optional.empty();
            }
        };
    }
}
