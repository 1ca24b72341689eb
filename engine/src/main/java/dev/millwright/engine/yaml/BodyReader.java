package dev.millwright.engine.yaml;

import static java.util.Map.entry;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.schema.Forms;
import dev.millwright.engine.schema.PipelineSchema;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.OutputSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what a step does: its commands, its children, or what it waits for. Used by one thread.
record BodyReader(Problems problems, ReferenceCheck references, StepReader steps) {
    private static final List<String> FLEET =
            List.of("nodes", "tasks", "serial", "maxFail", "barrier");

    /// Keys that say nothing without another.
    private static final Map<String, List<String>> COMPANIONS =
            Map.ofEntries(
                    entry("maxInFlight", List.of("parallel", "matrix")),
                    entry("failFast", List.of("parallel", "matrix")),
                    entry("tasks", List.of("nodes")),
                    entry("serial", List.of("nodes")),
                    entry("maxFail", List.of("nodes")),
                    entry("barrier", List.of("nodes")),
                    entry("outputs", List.of("commands", "script", "exec", "image", "runner")),
                    entry("image", List.of("commands", "script", "exec", "image")),
                    entry("runner", List.of("commands", "script", "exec", "image", "runner")),
                    entry("with", List.of("image", "services", "runner")),
                    entry("style", List.of("exec")));

    /// What runners are told of the step by its own keys.
    private static final List<String> OF_STEP =
            List.of("script", "shell", "argv", "image", "services");

    /// Empty when the step has no usable body; the problem is noted then.
    Optional<StepDefinition.Body> read(FieldReader fields, StepReader.Scope scope) {
        List<String> present = bodies(fields);
        if (present.size() > 1) {
            problems.add(
                    fields.mark(present.get(1)),
                    present.get(1),
                    "a step does one thing, and this one has both '%s' and '%s'"
                            .formatted(present.get(0), present.get(1)),
                    "make two steps of it");
            return Optional.empty();
        }
        Optional<String> does =
                present.stream()
                        .findFirst()
                        .or(() -> PipelineSchema.ALONE.stream().filter(fields::has).findFirst());
        if (does.isEmpty()) {
            idle(fields);
            return Optional.empty();
        }
        String body = does.get();
        COMPANIONS.forEach((key, others) -> companions(fields, body, key, others));
        return switch (body) {
            case "sequence" ->
                    Optional.of(new StepDefinition.InOrder(steps.list(fields, "sequence", scope)));
            case "parallel" ->
                    Optional.of(
                            new StepDefinition.SideBySide(
                                    steps.list(fields, "parallel", scope),
                                    fields.count("maxInFlight", 0),
                                    fields.flag("failFast")));
            case "include" -> steps.included(fields, scope).map(StepDefinition.InOrder::new);
            case "approve" -> Optional.of(approval(fields));
            case "wait" -> fields.duration("wait").map(StepDefinition.Pause::new);
            case "nodes" -> Optional.of(fleet(fields, scope));
            default -> Optional.of(work(fields, body, scope));
        };
    }

    private static List<String> bodies(FieldReader fields) {
        return fields.fields().entries().keySet().stream()
                .filter(word ->
                        Forms.STEP
                                .find(word)
                                .filter(key -> PipelineSchema.BODIES.contains(key.name()))
                                .isPresent())
                .toList();
    }

    /// A mistyped key has been told already, and is most likely what is missing here.
    private void idle(FieldReader fields) {
        boolean mistyped =
                fields.fields().entries().keySet().stream()
                        .anyMatch(word -> Forms.STEP.find(word).isEmpty());
        if (!mistyped) {
            problems.add(
                    fields.fields().mark(),
                    "",
                    "the step does nothing",
                    "give it one of commands, exec, sequence, parallel, approve, wait or include");
        }
    }

    private void companions(FieldReader fields, String body, String key, List<String> others) {
        boolean fits = others.contains(body) || others.stream().anyMatch(fields::has);
        boolean misplaced = PipelineSchema.ALONE.contains(key) ? !others.contains(body) : !fits;
        if (fields.has(key) && misplaced) {
            problems.add(
                    fields.mark(key),
                    key,
                    "'%s' says nothing in a step with '%s'".formatted(key, body),
                    "it goes with "
                            + String.join(
                                    " or ",
                                    others.stream()
                                            .filter(other ->
                                                    !other.equals("script") && !other.equals(key))
                                            .toList()));
        }
    }

    private static StepDefinition.Body approval(FieldReader fields) {
        FieldReader inner = FieldReader.of(fields.tree("approve").orElseThrow());
        String message =
                fields.text("approve")
                        .filter(text -> !text.equals("true") && !text.equals("false"))
                        .orElse("");
        return new StepDefinition.Approval(
                inner.texts("groups"), inner.text("message").orElse(message));
    }

    private StepDefinition.Work fleet(FieldReader fields, StepReader.Scope scope) {
        if (!fields.has("tasks")) {
            problems.add(
                    fields.mark("nodes"),
                    "nodes",
                    "'nodes' has nothing to do there",
                    "write 'tasks: [...]'");
        }
        FLEET.forEach(key ->
                fields.tree(key).ifPresent(tree -> references.note(tree, scope.matrix(), false)));
        return new StepDefinition.Work(
                "fleet", new Parameters(OptionsReader.plain(fields, FLEET)), List.of());
    }

    private StepDefinition.Work work(FieldReader fields, String body, StepReader.Scope scope) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        switch (body) {
            case "exec" -> {
                fields.tree("exec").ifPresent(tree -> references.note(tree, scope.matrix(), false));
                parameters.put("argv", fields.texts("exec"));
                fields.text("style").ifPresent(style -> parameters.put("style", style));
            }
            case "commands", "script" -> {
                parameters.put("script", String.join("\n", fields.texts(body)) + "\n");
                if (!scope.shell().isEmpty()) {
                    parameters.put("shell", scope.shell());
                }
            }
            default -> {
                // The image's own command, or what the runner does
            }
        }
        parameters.putAll(with(fields, scope));
        boolean container = fields.has("image") || fields.has("services");
        if (container && fields.has("style")) {
            problems.add(
                    fields.mark("style"),
                    "style",
                    "'style' says nothing in a container",
                    "leave it out, or call the program on the node");
        }
        if (container) {
            fields.tree("image").ifPresent(tree -> references.note(tree, scope.matrix(), false));
            fields.text("image").ifPresent(image -> parameters.put("image", image));
            fields.tree("services")
                    .ifPresent(tree -> {
                        references.note(tree, scope.matrix(), false);
                        parameters.put("services", ServiceReader.plain(fields));
                    });
        }
        String runner = fields.text("runner").orElse(container ? "container" : "process");
        return new StepDefinition.Work(runner, new Parameters(parameters), outputs(fields));
    }

    /// What the step says to its runner alone.
    private Map<String, Object> with(FieldReader fields, StepReader.Scope scope) {
        if (!(fields.tree("with").orElse(null) instanceof Tree.Fields map)) {
            return Map.of();
        }
        references.note(map, scope.matrix(), false);
        Map<String, Object> values = new LinkedHashMap<>();
        map.entries()
                .forEach((name, entry) -> {
                    if (OF_STEP.contains(name)) {
                        problems.add(
                                entry.value(),
                                "'%s' does not stand below 'with'".formatted(name),
                                "it is a key of the step itself");
                    } else {
                        values.put(name, entry.value().plain());
                    }
                });
        return values;
    }

    private List<OutputSource> outputs(FieldReader fields) {
        List<OutputSource> outputs = new ArrayList<>();
        if (fields.tree("outputs").orElse(null) instanceof Tree.Fields map) {
            FieldReader values = new FieldReader(map);
            for (String name : map.entries().keySet()) {
                FieldReader inner = FieldReader.of(values.tree(name).orElseThrow());
                Optional<String> regex = inner.text("regex");
                regex.ifPresent(text -> regex(inner, text));
                inner.text("file")
                        .or(() -> values.text(name))
                        .ifPresent(file ->
                                outputs.add(new OutputSource(name, file, regex.orElse(null))));
            }
        }
        return outputs;
    }

    private void regex(FieldReader output, String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            output.tree("regex")
                    .ifPresent(tree ->
                            problems.add(
                                    tree,
                                    "the regular expression is wrong: " + wrong.getDescription(),
                                    "write it for RE2, which has no look-around and no back references"));
        }
    }
}
