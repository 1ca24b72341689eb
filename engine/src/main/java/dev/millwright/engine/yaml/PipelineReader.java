package dev.millwright.engine.yaml;

import dev.millwright.engine.definition.InputCheck;
import dev.millwright.engine.definition.PipelineDefinition;
import dev.millwright.engine.definition.SideBySide;
import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.schema.Forms;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Concurrency;
import dev.millwright.model.plan.Input;
import dev.millwright.model.plan.StepOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads a pipeline: from the text of a file, or from the spec of a resource. Any thread.
///
/// ```java
/// switch (PipelineReader.create().read("ci.yaml", text, Includes.NONE)) {
///     case ReadResult.Read(PipelineDefinition definition) -> plan(definition);
///     case ReadResult.Invalid(List<Problem> problems) -> show(problems);
/// }
/// ```
public final class PipelineReader {
    private PipelineReader() {}

    public static PipelineReader create() {
        return new PipelineReader();
    }

    /// Read a pipeline file; tells all problems of the file and of the files it includes at once.
    public ReadResult read(String file, String text, Includes includes) {
        Problems problems = new Problems();
        List<Tree> trees = TreeReader.read(file, text, problems);
        Optional<String> kind = trees.stream().findFirst().flatMap(PipelineReader::kind);
        if (kind.isPresent()) {
            problems.add(
                    trees.getFirst().mark(),
                    "",
                    "this is a resource of kind '%s' and no pipeline file".formatted(kind.get()),
                    "give it to a server: millwright apply -f " + file);
            return new ReadResult.Invalid(problems.all());
        }
        if (problems.isEmpty() && trees.size() != 1) {
            problems.add(
                    new Mark(file, 1, 1),
                    "",
                    trees.isEmpty() ? "the file is empty" : "the file holds several documents",
                    trees.isEmpty()
                            ? "write 'steps:' and a list of steps"
                            : "keep one pipeline per file");
        }
        // Keys that stand twice do not hide what else is wrong
        return trees.size() == 1
                ? read(trees.getFirst(), problems, includes)
                : new ReadResult.Invalid(problems.all());
    }

    /// The kind of what is written as a resource; no key of a pipeline is named so.
    private static Optional<String> kind(Tree tree) {
        return tree instanceof Tree.Fields map && map.entries().containsKey("spec")
                ? new FieldReader(map).text("kind")
                : Optional.empty();
    }

    /// Read several files that make up one pipeline. They run side by side, each as a group with
    /// its own condition; the run starts when the condition of one of them holds.
    ///
    /// @param texts by file name, in the order in which the groups shall stand
    public ReadResult readAll(SequencedMap<String, String> texts, Includes includes) {
        SequencedMap<String, PipelineDefinition> definitions = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        texts.forEach((file, text) -> {
            switch (read(file, text, includes)) {
                case ReadResult.Read(PipelineDefinition definition) ->
                        definitions.put(file, definition);
                case ReadResult.Invalid(List<Problem> found) -> problems.addAll(found);
            }
        });
        if (!problems.isEmpty()) {
            return new ReadResult.Invalid(problems);
        }
        SideBySide together = SideBySide.of(definitions);
        together.conflicts()
                .forEach((file, conflict) ->
                        problems.add(new Problem(new Mark(file, 1, 1), "", conflict, "")));
        return problems.isEmpty()
                ? new ReadResult.Read(together.definition())
                : new ReadResult.Invalid(problems);
    }

    /// Every problem of a pipeline file and of the files it includes; none when it is right.
    public List<Problem> lint(String file, String text, Includes includes) {
        return switch (read(file, text, includes)) {
            case ReadResult.Read _ -> List.of();
            case ReadResult.Invalid(List<Problem> problems) -> problems;
        };
    }

    /// As [#lint], of a file that may also be a mere list of steps, for others to include. What
    /// such steps refer to may stand in the other file, and is not checked.
    public List<Problem> lintIncluded(String file, String text, Includes includes) {
        Problems problems = new Problems();
        List<Tree> trees = TreeReader.read(file, text, problems);
        if (trees.size() != 1 || !(trees.getFirst() instanceof Tree.Items steps)) {
            return lint(file, text, includes);
        }
        readSteps(steps, problems, includes);
        return problems.all();
    }

    private static void readSteps(Tree.Items steps, Problems problems, Includes includes) {
        StepReader.check(steps, problems);
        var _ =
                new StepReader(problems, new ReferenceCheck(problems), includes)
                        .list(steps, StepReader.Scope.OUTERMOST);
    }

    /// What can be read and was perhaps meant otherwise, in a pipeline file or a mere list of
    /// steps, and in the files it includes. Nobody is kept from using it.
    public List<Problem> doubts(String file, String text, Includes includes) {
        Problems problems = new Problems();
        List<Tree> trees = TreeReader.read(file, text, problems);
        if (trees.size() == 1 && trees.getFirst() instanceof Tree.Items steps) {
            readSteps(steps, problems, includes);
        } else if (trees.size() == 1) {
            var _ = read(trees.getFirst(), problems, includes);
        }
        return problems.doubts();
    }

    /// As [#doubts(String, String, Includes)], of values that were read before.
    public List<Problem> doubts(String address, Parameters values) {
        Problems problems = new Problems();
        var _ = read(Tree.of(address + "#", values.values()), problems, Includes.NONE);
        return problems.doubts();
    }

    /// Read the keys of a pipeline file from values that were read before.
    ///
    /// @param address where they come from, for messages
    public ReadResult read(String address, Parameters values) {
        return read(Tree.of(address + "#", values.values()), new Problems(), Includes.NONE);
    }

    /// Read what a file of another system means.
    ///
    /// @param text of that file, so that problems can show its lines
    /// @param places where in the file the values stand, by JSON pointer; one that is not told
    ///   stands where the value around it does
    public ReadResult readTranslated(
            String file,
            String text,
            Parameters values,
            Map<String, Mark> places,
            Includes includes) {
        Problems problems = new Problems();
        problems.source(file, text);
        return read(Tree.of(file + "#", values.values(), places), problems, includes);
    }

    private static ReadResult read(Tree tree, Problems problems, Includes includes) {
        if (!(tree instanceof Tree.Fields map)) {
            problems.add(
                    tree,
                    "a pipeline is a map, not " + tree.kind(),
                    "write 'steps:' and a list of steps");
            return new ReadResult.Invalid(problems.all());
        }
        new Checker(problems).check(map, Forms.PIPELINE);
        PipelineDefinition definition = definition(new FieldReader(map), problems, includes);
        return problems.isEmpty()
                ? new ReadResult.Read(definition)
                : new ReadResult.Invalid(problems.all());
    }

    private static PipelineDefinition definition(
            FieldReader fields, Problems problems, Includes includes) {
        ReferenceCheck references = new ReferenceCheck(problems);
        StepReader steps = new StepReader(problems, references, includes);
        OptionsReader options = steps.options();
        StepReader.Scope scope = StepReader.Scope.OUTERMOST.inside(fields);
        List<Input> inputs = inputs(fields, problems);
        fields.tree("concurrency").ifPresent(tree -> references.note(tree, scope.matrix(), true));
        StepOptions root =
                new StepOptions.Builder(fields.text("name").orElse(""))
                        .directory(options.directory(fields))
                        .timeout(fields.duration("timeout").orElse(null))
                        .build();
        PipelineDefinition definition =
                new PipelineDefinition(
                        inputs,
                        options.when(fields),
                        concurrency(fields).orElse(null),
                        fields.whole("priority", 0),
                        options.environment(fields, scope),
                        new StepDefinition(
                                root,
                                new StepDefinition.InOrder(steps.list(fields, "steps", scope)),
                                steps.list(fields, "setup", scope),
                                steps.list(fields, "ensure", scope),
                                steps.list(fields, "teardown", scope),
                                null));
        references.check(inputs.stream().map(Input::name).toList());
        return definition;
    }

    private static Optional<Concurrency> concurrency(FieldReader fields) {
        Optional<FieldReader> map = fields.tree("concurrency").map(FieldReader::of);
        return fields.text("concurrency")
                .or(() -> map.flatMap(inner -> inner.text("group")))
                .map(group ->
                        new Concurrency(
                                group,
                                map.filter(inner -> inner.flag("cancelPrevious")).isPresent()));
    }

    private static List<Input> inputs(FieldReader pipeline, Problems problems) {
        List<Input> inputs = new ArrayList<>();
        if (pipeline.tree("inputs").orElse(null) instanceof Tree.Fields map) {
            FieldReader fields = new FieldReader(map);
            map.entries().keySet().forEach(name -> inputs.add(input(name, fields, problems)));
        }
        return inputs;
    }

    private static Input input(String name, FieldReader fields, Problems problems) {
        if (!(fields.tree(name).orElse(null) instanceof Tree.Fields map)) {
            return new Input(
                    name, Input.Type.STRING, List.of(), fields.text(name).orElse(null), "");
        }
        FieldReader inner = new FieldReader(map);
        Input input =
                new Input(
                        name,
                        type(inner),
                        inner.texts("values"),
                        inner.text("default").orElse(null),
                        inner.text("description").orElse(""));
        values(input, map, problems);
        inner.tree("default")
                .ifPresent(tree ->
                        input.defaultValue()
                                .flatMap(value -> InputCheck.problem(input, value))
                                .ifPresent(why -> problems.add(tree, why, "")));
        return input;
    }

    private static void values(Input input, Tree.Fields map, Problems problems) {
        FieldReader fields = new FieldReader(map);
        boolean isEnum = input.type() == Input.Type.ENUM;
        if (isEnum && !fields.has("values")) {
            problems.add(
                    map, "input '%s' has no values".formatted(input.name()), "add 'values: [...]'");
        } else if (!isEnum && fields.has("values")) {
            problems.add(
                    fields.mark("values"),
                    "values",
                    "only an enum has values, and input '%s' is a %s"
                            .formatted(input.name(), input.type().name().toLowerCase(Locale.ROOT)),
                    "write 'type: enum'");
        } else if (new HashSet<>(input.values()).size() < input.values().size()) {
            problems.add(
                    fields.mark("values"),
                    "values",
                    "input '%s' has a value twice".formatted(input.name()),
                    "");
        }
    }

    private static Input.Type type(FieldReader fields) {
        return switch (fields.text("type").orElse(fields.has("values") ? "enum" : "string")) {
            case "number" -> Input.Type.NUMBER;
            case "boolean" -> Input.Type.BOOLEAN;
            case "enum" -> Input.Type.ENUM;
            default -> Input.Type.STRING;
        };
    }
}
