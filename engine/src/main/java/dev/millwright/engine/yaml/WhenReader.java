package dev.millwright.engine.yaml;

import dev.millwright.model.plan.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads conditions. Used by one thread.
final class WhenReader {
    private static final List<String> KEYS = List.of("event", "branch", "path", "expression");
    static final List<String> EVENTS =
            List.of(
                    "push",
                    "pull_request",
                    "pull_request_closed",
                    "tag",
                    "release",
                    "deployment",
                    "cron",
                    "manual",
                    "api",
                    "event",
                    "webhook");

    private final Problems problems;
    private final ExpressionCheck expressions;

    /// Tells what is wrong with an expression.
    @FunctionalInterface
    interface ExpressionCheck {
        Optional<String> problem(String expression);
    }

    WhenReader(Problems problems, ExpressionCheck expressions) {
        this.problems = problems;
        this.expressions = expressions;
    }

    When read(Tree tree) {
        return switch (tree) {
            case Tree.Fields map -> new When(List.of(clause(map)));
            case Tree.Items list -> {
                List<When.Clause> clauses = new ArrayList<>();
                for (Tree item : list.items()) {
                    if (item instanceof Tree.Fields map) {
                        clauses.add(clause(map));
                    } else {
                        problems.add(item, "an item of 'when' is a map, not " + item.kind(), "");
                    }
                }
                yield new When(clauses);
            }
            case Tree.Scalar scalar -> {
                problems.add(
                        scalar,
                        "'when' is a map or a list of maps, not " + scalar.kind(),
                        "for an expression write {expression: \"...\"}");
                yield When.ALWAYS;
            }
        };
    }

    private When.Clause clause(Tree.Fields map) {
        FieldReader fields = new FieldReader(map, problems);
        fields.onlyKnown(KEYS);
        List<String> events = fields.texts("event");
        for (String event : events) {
            if (!EVENTS.contains(event)) {
                problems.add(
                        fields.mark("event"),
                        event,
                        "unknown event '%s'".formatted(event),
                        FieldReader.or(
                                Suggestions.didYouMean(event, EVENTS),
                                "events are " + String.join(", ", EVENTS)));
            }
        }
        List<String> include = new ArrayList<>();
        List<String> exclude = new ArrayList<>();
        fields.tree("path").ifPresent(path -> paths(fields, path, include, exclude));
        Optional<String> expression = fields.text("expression");
        expression
                .flatMap(expressions::problem)
                .ifPresent(
                        why ->
                                problems.add(
                                        fields.mark("expression"),
                                        expression.orElse(""),
                                        "the expression is wrong: " + why,
                                        ""));
        return new When.Clause(
                events, fields.texts("branch"), include, exclude, expression.orElse(null));
    }

    private void paths(
            FieldReader fields, Tree path, List<String> include, List<String> exclude) {
        if (path instanceof Tree.Fields map) {
            FieldReader inner = new FieldReader(map, problems);
            inner.onlyKnown(List.of("include", "exclude"));
            include.addAll(inner.texts("include"));
            exclude.addAll(inner.texts("exclude"));
        } else {
            include.addAll(fields.texts("path"));
        }
    }
}
