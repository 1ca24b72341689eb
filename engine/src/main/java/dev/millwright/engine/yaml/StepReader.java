package dev.millwright.engine.yaml;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.engine.expression.Reference;
import dev.millwright.engine.schema.Forms;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.StepOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Reads steps. Used by one thread, for one file and the files it includes.
final class StepReader {
    private static final int LONGEST_NAME = 40;

    private final OptionsReader options;
    private final IncludedSteps included;
    private final BodyReader bodies;
    private final ReferenceCheck references;

    StepReader(Problems problems, ReferenceCheck references, Includes includes) {
        this.references = references;
        this.options = new OptionsReader(problems, references);
        this.included = new IncludedSteps(includes, problems);
        this.bodies = new BodyReader(problems, references, this);
    }

    /// What a step takes over from the steps around it while it is read.
    ///
    /// @param shell empty: that of the node
    /// @param matrix names that the matrices around bind
    record Scope(List<String> shell, Set<String> matrix) {
        private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

        static final Scope OUTERMOST = new Scope(List.of(), Set.of());

        Scope inside(FieldReader fields) {
            List<String> own = shell(fields.texts("shell"));
            Set<String> names = new HashSet<>(matrix);
            fields.tree("matrix").ifPresent(tree -> names.addAll(MatrixReader.names(tree)));
            return new Scope(own.isEmpty() ? shell : own, names);
        }

        /// A bare shell stops at the first command that fails, as the default shell does.
        private static List<String> shell(List<String> written) {
            List<String> words =
                    written.size() == 1
                            ? List.of(written.getFirst().strip().split("\\s+"))
                            : written;
            return words.size() == 1 && SHELLS.contains(words.getFirst())
                    ? List.of(words.getFirst(), "-e")
                    : words;
        }
    }

    OptionsReader options() {
        return options;
    }

    /// The steps of a list, with included files in place; none when the key is missing.
    List<StepDefinition> list(FieldReader fields, String key, Scope scope) {
        return fields.tree(key).map(tree -> list(tree, scope)).orElse(List.of());
    }

    List<StepDefinition> list(Tree tree, Scope scope) {
        List<StepDefinition> steps = new ArrayList<>();
        if (tree instanceof Tree.Items items) {
            for (Tree item : items.items()) {
                if (item instanceof Tree.Fields map) {
                    steps.addAll(steps(new FieldReader(map), scope));
                }
            }
        }
        return steps;
    }

    /// One step; or, for an `include` that stands alone, the steps of the file.
    private List<StepDefinition> steps(FieldReader fields, Scope scope) {
        boolean alone = fields.fields().entries().size() == 1 && fields.has("include");
        return alone
                ? included(fields, scope).orElse(List.of())
                : step(fields, scope).stream().toList();
    }

    /// The steps of the file that the field `include` names; empty when it cannot be read.
    Optional<List<StepDefinition>> included(FieldReader fields, Scope scope) {
        Optional<Tree> path = fields.tree("include");
        if (path.isEmpty() || !(path.get() instanceof Tree.Scalar scalar)) {
            return Optional.empty();
        }
        Optional<Tree> opened = included.open(scalar);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        List<StepDefinition> steps = list(opened.get(), scope);
        included.close();
        return Optional.of(steps);
    }

    /// Empty when the step does nothing that could be understood; the problem is noted then.
    private Optional<StepDefinition> step(FieldReader fields, Scope outer) {
        Scope scope = outer.inside(fields);
        Optional<StepDefinition.Body> body = bodies.read(fields, scope);
        String name = name(fields, body);
        references.step(name);
        StepOptions read = options.read(fields, name, scope);
        List<StepDefinition> setup =
                Stream.concat(
                                services(fields, body).stream(),
                                list(fields, "setup", scope).stream())
                        .toList();
        List<StepDefinition> ensure = list(fields, "ensure", scope);
        List<StepDefinition> teardown = list(fields, "teardown", scope);
        StepDefinition.Matrix matrix =
                fields.tree("matrix")
                        .map(tree -> MatrixReader.read(tree, fields, options.problems()))
                        .orElse(null);
        return body.map(does -> new StepDefinition(read, does, setup, ensure, teardown, matrix));
    }

    /// Services of a group are started before it: one leaf each, for the runner of containers.
    private static List<StepDefinition> services(
            FieldReader fields, Optional<StepDefinition.Body> body) {
        if (body.filter(StepDefinition.Work.class::isInstance).isPresent()) {
            return List.of();
        }
        List<StepDefinition> services = new ArrayList<>();
        for (Tree tree : fields.trees("services")) {
            if (tree instanceof Tree.Fields service) {
                String name = new FieldReader(service).text("name").orElse("");
                Parameters parameters =
                        new Parameters(Map.of("services", List.of(ServiceReader.plain(tree))));
                services.add(
                        new StepDefinition(
                                StepOptions.named("service " + name),
                                new StepDefinition.Work("container", parameters, List.of()),
                                List.of(),
                                List.of(),
                                List.of(),
                                null));
            }
        }
        return services;
    }

    private static String name(FieldReader fields, Optional<StepDefinition.Body> body) {
        return fields.text("name")
                .filter(text -> !text.isBlank())
                .or(() -> fields.text("include"))
                .or(() -> body.map(StepReader::defaultName))
                .orElse("step");
    }

    private static String defaultName(StepDefinition.Body body) {
        return switch (body) {
            case StepDefinition.Work work -> {
                Parameters parameters = work.parameters();
                String line =
                        parameters.text("script").stream()
                                .flatMap(String::lines)
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .findFirst()
                                .or(() -> Optional.of(String.join(" ", parameters.texts("argv"))))
                                .filter(text -> !text.isBlank())
                                .or(() -> parameters.text("image"))
                                .orElse(work.runner());
                yield Reference.escaped(shortened(line));
            }
            case StepDefinition.Approval _ -> "approve";
            case StepDefinition.Pause _ -> "wait";
            case StepDefinition.InOrder _ -> "sequence";
            case StepDefinition.SideBySide _ -> "parallel";
        };
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) > LONGEST_NAME
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…"
                : line;
    }

    /// Holds every step of a file against the table of keys.
    static void check(Tree tree, Problems problems) {
        new Checker(problems)
                .check("steps", tree, Forms.PIPELINE.find("steps").orElseThrow().shape());
    }
}
