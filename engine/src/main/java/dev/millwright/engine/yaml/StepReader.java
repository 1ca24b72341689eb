package dev.millwright.engine.yaml;

import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads steps. Used by one thread, for one file and the files it includes.
final class StepReader {
    static final List<String> KEYS = Key.names(Key.Place.STEP);
    private static final Map<String, StepOptions.OnLost> ON_LOST =
            Map.of("fail", StepOptions.OnLost.FAIL, "retry", StepOptions.OnLost.RETRY);
    private static final Map<String, Retry.Cause> CAUSES =
            Map.of(
                    "failure", Retry.Cause.FAILURE,
                    "error", Retry.Cause.ERROR,
                    "timeout", Retry.Cause.TIMEOUT,
                    "lost", Retry.Cause.LOST);

    private final Problems problems;
    private final WhenReader conditions;
    private final IncludedSteps included;
    private final BodyReader bodies;

    StepReader(Problems problems, WhenReader conditions, Includes includes) {
        this.problems = problems;
        this.conditions = conditions;
        this.included = new IncludedSteps(includes, problems);
        this.bodies = new BodyReader(problems, this);
    }

    /// A list of steps, with included files in place.
    ///
    /// @param key the key that holds the list, for messages
    List<StepDefinition> list(String key, Tree tree, List<String> shell) {
        if (!(tree instanceof Tree.Items items)) {
            problems.add(tree, "'%s' is a list of steps, not %s".formatted(key, tree.kind()), "begin each step with '- '");
            return List.of();
        }
        List<StepDefinition> steps = new ArrayList<>();
        for (Tree item : items.items()) {
            switch (item) {
                case Tree.Fields map when map.entries().containsKey("include") ->
                        steps.addAll(include(map, shell));
                case Tree.Fields map -> step(map, shell).ifPresent(steps::add);
                case Tree.Scalar _, Tree.Items _ ->
                        problems.add(item, "a step is a map, not " + item.kind(), "write {commands: [...]}");
            }
        }
        return steps;
    }

    private List<StepDefinition> include(Tree.Fields map, List<String> shell) {
        FieldReader fields = new FieldReader(map, problems);
        fields.onlyKnown(List.of("include"));
        Optional<String> path = fields.text("include");
        if (path.isEmpty()) {
            return List.of();
        }
        return included.open(path.get(), fields.mark("include"))
                .map(
                        tree -> {
                            List<StepDefinition> steps = list("steps", tree, shell);
                            included.close();
                            return steps;
                        })
                .orElse(List.of());
    }

    private Optional<StepDefinition> step(Tree.Fields map, List<String> outerShell) {
        FieldReader fields = new FieldReader(map, problems);
        if (fields.has("depends_on")) {
            problems.add(
                    fields.mark("depends_on"),
                    "depends_on",
                    "'depends_on' is not supported",
                    "say the order with 'sequence' and 'parallel'");
            return Optional.empty();
        }
        fields.onlyKnown(with(KEYS, "onLost"));
        List<String> shell = shell(fields, outerShell);
        Optional<StepDefinition.Body> body = bodies.read(fields, map, shell);
        StepOptions options = options(fields, name(fields, body));
        List<StepDefinition> setup = new ArrayList<>(services(fields, body));
        setup.addAll(list(fields, "setup", shell));
        StepDefinition step =
                new StepDefinition(
                        options,
                        body.orElse(new StepDefinition.InOrder(List.of())),
                        setup,
                        list(fields, "ensure", shell),
                        list(fields, "teardown", shell),
                        fields.map("matrix").map(matrix -> matrix(matrix, fields)).orElse(null));
        return Optional.of(step);
    }

    private static List<String> with(List<String> keys, String more) {
        List<String> all = new ArrayList<>(keys);
        all.add(more);
        return all;
    }

    List<StepDefinition> list(FieldReader fields, String key, List<String> shell) {
        return fields.tree(key).map(tree -> list(key, tree, shell)).orElse(List.of());
    }

    static List<String> shell(FieldReader fields, List<String> outer) {
        List<String> shell = fields.texts("shell");
        if (shell.isEmpty()) {
            return outer;
        }
        return shell.size() == 1 ? List.of(shell.getFirst().strip().split("\\s+")) : shell;
    }

    /// Services of a group are started before it: one leaf each, for the runner of containers.
    private static List<StepDefinition> services(
            FieldReader fields, Optional<StepDefinition.Body> body) {
        boolean leaf = body.filter(StepDefinition.Work.class::isInstance).isPresent();
        if (leaf || !(fields.tree("services").orElse(null) instanceof Tree.Items list)) {
            return List.of();
        }
        List<StepDefinition> services = new ArrayList<>();
        for (Tree item : list.items()) {
            if (item instanceof Tree.Fields service) {
                Object name = service.parameters().values().getOrDefault("name", "service");
                services.add(
                        new StepDefinition(
                                StepOptions.named("service " + name),
                                new StepDefinition.Work("container", service.parameters(), List.of()),
                                List.of(),
                                List.of(),
                                List.of(),
                                null));
            }
        }
        return services;
    }

    private static String name(FieldReader fields, Optional<StepDefinition.Body> body) {
        return fields.text("name").filter(text -> !text.isBlank()).orElseGet(() -> body.map(StepReader::defaultName).orElse("step"));
    }

    private static String defaultName(StepDefinition.Body body) {
        return switch (body) {
            case StepDefinition.Work work -> {
                String line =
                        work.parameters()
                                .text("script")
                                .flatMap(script -> script.lines().map(String::strip).filter(text -> !text.isEmpty()).findFirst())
                                .orElseGet(() -> String.join(" ", work.parameters().texts("argv")));
                String shown = line.isEmpty() ? work.runner() : line;
                yield shown.length() > 40 ? shown.substring(0, 39) + "…" : shown;
            }
            case StepDefinition.Approval _ -> "approve";
            case StepDefinition.Pause _ -> "wait";
            case StepDefinition.InOrder _ -> "sequence";
            case StepDefinition.SideBySide _ -> "parallel";
        };
    }

    StepOptions options(FieldReader fields, String name) {
        StepOptions.Builder options = new StepOptions.Builder(name);
        fields.tree("when").ifPresent(tree -> options.when(conditions.read(tree)));
        options.environment(environment(fields));
        options.directory(fields.text("directory").orElse(null));
        options.timeout(timeout(fields).orElse(null));
        options.retry(retry(fields));
        options.allowFailure(
                fields.oneOf("failure", Map.of("ignore", true, "fail", false)).orElse(false));
        options.needs(fields.values("needs"));
        options.onLost(
                fields.oneOf(fields.has("onLost") ? "onLost" : "on-lost", ON_LOST)
                        .orElse(StepOptions.OnLost.FAIL));
        return options.build();
    }

    Map<String, String> environment(FieldReader fields) {
        Map<String, String> environment = fields.values("environment");
        environment
                .keySet()
                .forEach(
                        name -> {
                            if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
                                problems.add(
                                        fields.mark("environment"),
                                        name,
                                        "'%s' is not a name for a variable".formatted(name),
                                        "use letters, digits and '_'");
                            }
                        });
        return environment;
    }

    private Optional<Duration> timeout(FieldReader fields) {
        Optional<Duration> own = fields.duration("timeout");
        if (own.isEmpty() && fields.tree("approve").orElse(null) instanceof Tree.Fields approve) {
            own = new FieldReader(approve, problems).duration("timeout");
        }
        return own;
    }

    private Retry retry(FieldReader fields) {
        Optional<Tree> tree = fields.tree("retry");
        if (tree.isEmpty()) {
            return Retry.NONE;
        }
        if (tree.get() instanceof Tree.Fields map) {
            FieldReader inner = new FieldReader(map, problems);
            inner.onlyKnown(List.of("attempts", "delay", "on"));
            Set<Retry.Cause> on = new LinkedHashSet<>();
            for (String word : inner.texts("on")) {
                if (CAUSES.containsKey(word)) {
                    on.add(CAUSES.get(word));
                } else {
                    problems.add(
                            inner.mark("on"),
                            word,
                            "'%s' is nothing to retry on".formatted(word),
                            FieldReader.or(
                                    Suggestions.didYouMean(word, CAUSES.keySet()),
                                    "write failure, error, timeout or lost"));
                }
            }
            return new Retry(
                    inner.count("attempts", 2, 1),
                    inner.duration("delay").orElse(Duration.ZERO),
                    on.isEmpty() ? Retry.NONE.on() : on);
        }
        return new Retry(fields.count("retry", tree.get(), 1, 1), Duration.ZERO, Retry.NONE.on());
    }

    private StepDefinition.Matrix matrix(Tree.Fields map, FieldReader step) {
        Map<String, List<String>> axes = new LinkedHashMap<>();
        List<Map<String, String>> include = List.of();
        List<Map<String, String>> exclude = List.of();
        FieldReader fields = new FieldReader(map, problems);
        for (Map.Entry<String, Tree.Entry> entry : map.entries().entrySet()) {
            switch (entry.getKey()) {
                case "include" -> include = cells(entry.getValue().value());
                case "exclude" -> exclude = cells(entry.getValue().value());
                default -> axes.put(entry.getKey(), fields.texts(entry.getKey()));
            }
        }
        if (axes.isEmpty() && include.isEmpty()) {
            problems.add(map, "the matrix is empty", "name a list of values: {jdk: [21, 25]}");
        }
        return new StepDefinition.Matrix(
                axes,
                include,
                exclude,
                step.has("parallel") ? 0 : step.count("maxInFlight", 0, 0),
                !step.has("parallel") && step.flag("failFast", false));
    }

    private List<Map<String, String>> cells(Tree tree) {
        if (!(tree instanceof Tree.Items list)) {
            problems.add(tree, "cells are a list of maps, not " + tree.kind(), "");
            return List.of();
        }
        List<Map<String, String>> cells = new ArrayList<>();
        for (Tree item : list.items()) {
            if (item instanceof Tree.Fields map) {
                cells.add(
                        map.parameters().values().entrySet().stream()
                                .collect(
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                value -> String.valueOf(value.getValue()),
                                                (a, b) -> b,
                                                LinkedHashMap::new)));
            } else {
                problems.add(item, "a cell is a map, not " + item.kind(), "write {jdk: 25, os: linux}");
            }
        }
        return cells;
    }

    /// A condition of the whole pipeline.
    When when(FieldReader fields) {
        return fields.tree("when").map(conditions::read).orElse(When.ALWAYS);
    }
}
