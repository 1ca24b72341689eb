package dev.millwright.engine.yaml;

import dev.millwright.engine.binding.MisplacedSecret;
import dev.millwright.engine.expression.Expressions;
import dev.millwright.engine.placement.FactNames;
import dev.millwright.engine.placement.Need;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads what every step may carry, whatever it does. Used by one thread.
record OptionsReader(Problems problems, ReferenceCheck references) {
    StepOptions read(FieldReader fields, String name, StepReader.Scope scope) {
        fields.trees("services").stream()
                .map(FieldReader::of)
                .forEach(service -> checkSecrets(service, environmentKey(service)));
        fields.tree("name").ifPresent(tree -> references.note(tree, scope.matrix(), true));
        fields.tree("directory").ifPresent(tree -> references.note(tree, scope.matrix(), false));
        return new StepOptions.Builder(name)
                .when(when(fields))
                .environment(environment(fields, scope))
                .directory(directory(fields))
                .timeout(timeout(fields).orElse(null))
                .retry(retry(fields))
                .allowFailure(fields.text("failure").filter("ignore"::equals).isPresent())
                .needs(needs(fields))
                .onLost(
                        fields.text("on-lost")
                                        .or(() -> fields.text("onLost"))
                                        .filter("retry"::equals)
                                        .isPresent()
                                ? StepOptions.OnLost.RETRY
                                : StepOptions.OnLost.FAIL)
                .build();
    }

    Map<String, String> environment(FieldReader fields, StepReader.Scope scope) {
        String key = environmentKey(fields);
        fields.tree(key).ifPresent(tree -> references.note(tree, scope.matrix(), false));
        checkSecrets(fields, key);
        return fields.environment(key);
    }

    private static String environmentKey(FieldReader fields) {
        return fields.has("environment") ? "environment" : "env";
    }

    /// Tell what would be taken for plain text, and was not meant so.
    private void checkSecrets(FieldReader fields, String key) {
        if (fields.tree(key).orElse(null) instanceof Tree.Fields map) {
            map.entries().values().stream()
                    .map(Tree.Entry::value)
                    .filter(Tree.Scalar.class::isInstance)
                    .map(Tree.Scalar.class::cast)
                    .forEach(value ->
                            MisplacedSecret.in(value.text())
                                    .ifPresent(found ->
                                            problems.add(value, found.message(), found.remedy())));
        }
    }

    /// Null when the step says nothing about it.
    @Nullable String directory(FieldReader fields) {
        Optional<String> directory = fields.text("directory");
        boolean leaves =
                directory.isPresent()
                        && (directory.get().startsWith("/")
                                || List.of(directory.get().split("/")).contains(".."));
        if (leaves) {
            fields.tree("directory")
                    .ifPresent(tree ->
                            problems.add(
                                    tree,
                                    "'%s' leaves the workspace".formatted(tree.shown()),
                                    "count it from the root of the workspace"));
        }
        return directory.orElse(null);
    }

    private static Optional<Duration> timeout(FieldReader fields) {
        return fields.duration("timeout")
                .or(() ->
                        fields.tree("approve")
                                .flatMap(tree -> FieldReader.of(tree).duration("timeout")));
    }

    private static Retry retry(FieldReader fields) {
        Tree tree = fields.tree("retry").orElse(null);
        if (!(tree instanceof Tree.Fields map)) {
            return new Retry(Math.max(1, fields.count("retry", 1)), Duration.ZERO, Retry.NONE.on());
        }
        FieldReader inner = new FieldReader(map);
        Set<Retry.Cause> on =
                inner.texts("on").stream()
                        .map(word -> word.toUpperCase(Locale.ROOT))
                        .flatMap(word ->
                                Set.of(Retry.Cause.values()).stream()
                                        .filter(cause -> cause.name().equals(word)))
                        .collect(Collectors.toSet());
        return new Retry(
                Math.max(1, inner.count("attempts", 2)),
                inner.duration("delay").orElse(Duration.ZERO),
                on.isEmpty() ? Retry.NONE.on() : on);
    }

    /// A map, or a list such as `[docker, os=linux, memory >= 16Gi]`.
    private Map<String, String> needs(FieldReader fields) {
        Map<String, String> needs = new HashMap<>(fields.values("needs"));
        for (Tree tree : fields.trees("needs")) {
            if (tree instanceof Tree.Scalar(_, _, String word)) {
                need(tree, () -> Need.parse(word))
                        .ifPresent(need -> {
                            needs.put(need.property(), need.value());
                            doubtName(tree.mark(), need.property());
                        });
            } else if (tree instanceof Tree.Fields(_, var entries)) {
                entries.forEach((name, entry) -> {
                    doubtName(entry.mark(), name);
                    if (entry.value() instanceof Tree.Scalar(_, _, String value)) {
                        var _ = need(entry.value(), () -> Need.parse(name, value));
                    }
                });
            }
        }
        return needs;
    }

    /// A label or a fact of somebody's own may have any name: only people can tell.
    private void doubtName(Mark mark, String name) {
        String meant = FactNames.meant(name);
        if (!meant.isEmpty()) {
            problems.doubt(
                    mark,
                    name,
                    "no node has '%s' unless you give it a label or a fact of that name"
                            .formatted(name),
                    meant);
        }
    }

    private Optional<Need> need(Tree tree, Supplier<Need> read) {
        try {
            return Optional.of(read.get());
        } catch (MillwrightException wrong) {
            problems.add(tree, String.valueOf(wrong.getMessage()), "");
            return Optional.empty();
        }
    }

    When when(FieldReader fields) {
        List<When.Clause> clauses = new ArrayList<>();
        for (Tree tree : fields.trees("when")) {
            if (tree instanceof Tree.Fields map) {
                clauses.add(clause(new FieldReader(map)));
            }
        }
        return clauses.isEmpty() ? When.ALWAYS : new When(clauses);
    }

    private When.Clause clause(FieldReader fields) {
        List<String> include = new ArrayList<>(fields.texts("path"));
        List<String> exclude = new ArrayList<>();
        fields.tree("path")
                .map(FieldReader::of)
                .ifPresent(paths -> {
                    include.addAll(paths.texts("include"));
                    exclude.addAll(paths.texts("exclude"));
                });
        Optional<String> expression = fields.text("expression");
        fields.tree("expression")
                .ifPresent(tree ->
                        expression.ifPresent(text -> {
                            Expressions.conditionProblem(text)
                                    .ifPresent(why ->
                                            problems.add(
                                                    tree, "the expression is wrong: " + why, ""));
                            references.noteExpression(tree, text);
                        }));
        return new When.Clause(
                fields.texts("event"),
                fields.texts("branch"),
                include,
                exclude,
                expression.orElse(null));
    }

    /// The values of a map in the order in which they were written.
    static Map<String, Object> plain(FieldReader fields, List<String> keys) {
        Map<String, Object> values = new LinkedHashMap<>();
        keys.forEach(key -> fields.tree(key).ifPresent(tree -> values.put(key, tree.plain())));
        return values;
    }
}
