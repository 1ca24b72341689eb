package dev.millwright.engine.yaml;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.StepOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a pipeline: from the text of a file, or from the spec of a resource. Any thread.
///
/// ```java
/// switch (PipelineReader.create().read("ci.yaml", text, Includes.NONE)) {
///     case ReadResult.Read(PipelineDefinition definition) -> plan(definition);
///     case ReadResult.Invalid(List<Problem> problems) -> show(problems);
/// }
/// ```
public final class PipelineReader {
    private static final List<String> KEYS = Key.names(Key.Place.PIPELINE);
    private static final List<String> DEFAULT_SHELL = List.of("sh", "-e");
    private static final Map<String, Input.Type> TYPES =
            Map.of(
                    "string", Input.Type.STRING,
                    "number", Input.Type.NUMBER,
                    "boolean", Input.Type.BOOLEAN,
                    "enum", Input.Type.ENUM);

    private PipelineReader() {}

    public static PipelineReader create() {
        return new PipelineReader();
    }

    /// Read a pipeline file; tells all problems of the file and of the files it includes at once.
    public ReadResult read(String file, String text, Includes includes) {
        Problems problems = new Problems();
        List<Tree> trees = TreeReader.read(file, text, problems);
        if (problems.isEmpty() && trees.size() != 1) {
            problems.add(
                    new Mark(file, 1, 1),
                    "",
                    trees.isEmpty() ? "the file is empty" : "the file holds several documents",
                    trees.isEmpty() ? "write 'steps:' and a list of steps" : "keep one pipeline per file");
        }
        return trees.isEmpty() || !problems.isEmpty()
                ? new ReadResult.Invalid(problems.all())
                : read(trees.getFirst(), problems, includes);
    }

    /// Read the keys of a pipeline file from values that were read before.
    ///
    /// @param address where they come from, for messages
    public ReadResult read(String address, Parameters values) {
        return read(Tree.of(address + "#", values.values()), new Problems(), Includes.NONE);
    }

    private static ReadResult read(Tree tree, Problems problems, Includes includes) {
        if (!(tree instanceof Tree.Fields map)) {
            problems.add(tree, "a pipeline is a map, not " + tree.kind(), "write 'steps:' and a list of steps");
            return new ReadResult.Invalid(problems.all());
        }
        WhenReader conditions = new WhenReader(problems, Expressions::problem);
        StepReader steps = new StepReader(problems, conditions, includes);
        PipelineDefinition definition = definition(map, problems, steps);
        return problems.isEmpty()
                ? new ReadResult.Read(definition)
                : new ReadResult.Invalid(problems.all());
    }

    private static PipelineDefinition definition(
            Tree.Fields map, Problems problems, StepReader steps) {
        FieldReader fields = new FieldReader(map, problems);
        fields.onlyKnown(KEYS);
        List<String> shell = StepReader.shell(fields, DEFAULT_SHELL);
        if (!fields.has("steps")) {
            problems.add(map.mark(), "", "the pipeline has no steps", "write 'steps:' and a list of steps");
        }
        List<StepDefinition> body = steps.list(fields, "steps", shell);
        if (fields.tree("steps").orElse(null) instanceof Tree.Items list && list.items().isEmpty()) {
            problems.add(list, "'steps' is empty", "add a step");
        }
        StepOptions options =
                new StepOptions.Builder(fields.text("name").orElse(""))
                        .directory(fields.text("directory").orElse(null))
                        .timeout(fields.duration("timeout").orElse(null))
                        .build();
        StepDefinition root =
                new StepDefinition(
                        options,
                        new StepDefinition.InOrder(body),
                        steps.list(fields, "setup", shell),
                        steps.list(fields, "ensure", shell),
                        steps.list(fields, "teardown", shell),
                        null);
        return new PipelineDefinition(
                inputs(fields, problems),
                steps.when(fields),
                concurrency(fields, problems).orElse(null),
                steps.environment(fields),
                root);
    }

    private static Optional<Concurrency> concurrency(FieldReader fields, Problems problems) {
        Optional<Tree> tree = fields.tree("concurrency");
        if (tree.isPresent() && tree.get() instanceof Tree.Fields map) {
            FieldReader inner = new FieldReader(map, problems);
            inner.onlyKnown(List.of("group", "cancelPrevious"));
            Optional<String> group = inner.text("group");
            if (group.isEmpty()) {
                problems.add(map, "'concurrency' has no group", "add 'group: NAME'");
            }
            return group.map(name -> new Concurrency(name, inner.flag("cancelPrevious", false)));
        }
        return fields.text("concurrency").map(name -> new Concurrency(name, false));
    }

    private static List<Input> inputs(FieldReader fields, Problems problems) {
        List<Input> inputs = new ArrayList<>();
        fields.map("inputs")
                .ifPresent(
                        map ->
                                map.entries()
                                        .forEach(
                                                (name, entry) ->
                                                        input(name, entry, problems)
                                                                .ifPresent(inputs::add)));
        return inputs;
    }

    private static Optional<Input> input(String name, Tree.Entry entry, Problems problems) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            problems.add(entry.mark(), name, "'%s' is not a name for an input".formatted(name), "use letters, digits, '_' and '-'");
            return Optional.empty();
        }
        if (!(entry.value() instanceof Tree.Fields map)) {
            if (entry.value() instanceof Tree.Scalar scalar && scalar.type() != Tree.Type.NOTHING) {
                return Optional.of(new Input(name, Input.Type.STRING, List.of(), scalar.text(), ""));
            }
            return Optional.of(new Input(name, Input.Type.STRING, List.of(), null, ""));
        }
        FieldReader fields = new FieldReader(map, problems);
        fields.onlyKnown(List.of("type", "values", "default", "description"));
        Input.Type type =
                fields.oneOf("type", TYPES)
                        .orElse(fields.has("values") ? Input.Type.ENUM : Input.Type.STRING);
        Input input =
                new Input(
                        name,
                        type,
                        fields.texts("values"),
                        fields.text("default").orElse(null),
                        fields.text("description").orElse(""));
        if (type == Input.Type.ENUM && input.values().isEmpty()) {
            problems.add(map, "input '%s' has no values".formatted(name), "add 'values: [...]'");
        }
        input.defaultValue()
                .flatMap(value -> InputCheck.problem(input, value))
                .ifPresent(why -> problems.add(fields.mark("default"), name, why, ""));
        return Optional.of(input);
    }
}
