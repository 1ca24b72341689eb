package dev.millwright.engine.yaml;

import dev.millwright.engine.expression.Expressions;
import dev.millwright.engine.expression.Reference;
import dev.millwright.engine.schema.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks every `${...}` of a pipeline once all names are known. Used by one thread.
final class ReferenceCheck {
    private static final List<String> ROOTS = List.of("inputs", "matrix", "steps", "env");

    private final Problems problems;
    private final List<Use> uses = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private final Set<String> steps = new HashSet<>();

    /// @param matrix the names that the step's matrices bind
    /// @param early whether the text is resolved before the run starts
    private record Use(Tree at, String text, Set<String> matrix, boolean early) {}

    /// What a condition takes out of a variable.
    private record Taken(Tree at, Expressions.Use use) {}

    ReferenceCheck(Problems problems) {
        this.problems = problems;
    }

    void step(String name) {
        steps.add(name);
    }

    /// Note every text inside the value.
    void note(Tree tree, Set<String> matrix, boolean early) {
        switch (tree) {
            case Tree.Scalar scalar -> {
                if (scalar.text().contains("${")) {
                    uses.add(new Use(tree, scalar.text(), Set.copyOf(matrix), early));
                }
            }
            case Tree.Items list -> list.items().forEach(item -> note(item, matrix, early));
            case Tree.Fields map ->
                    map.entries().values().forEach(entry -> note(entry.value(), matrix, early));
        }
    }

    /// Note a condition; it sees inputs, and the steps that have ended before.
    void noteExpression(Tree at, String expression) {
        Expressions.uses(expression).forEach(use -> taken.add(new Taken(at, use)));
    }

    void check(Collection<String> inputs) {
        for (Taken each : taken) {
            switch (each.use().variable()) {
                case "inputs" -> taken(each, "input", inputs);
                case "steps" -> taken(each, "step", steps);
                default -> {}
            }
        }
        for (Use use : uses) {
            for (Reference reference : Reference.in(use.text())) {
                check(reference, use, inputs);
            }
        }
    }

    private void taken(Taken each, String what, Collection<String> known) {
        String name = each.use().name();
        if (!known.contains(name)) {
            String whole = each.use().variable() + "." + name;
            problems.add(
                    each.at().mark(),
                    whole,
                    "%s refers to nothing: there is no %s '%s'".formatted(whole, what, name),
                    Suggestions.didYouMean(name, known));
        }
    }

    private void check(Reference reference, Use use, Collection<String> inputs) {
        switch (reference.root()) {
            case "inputs" -> name(reference, use, "input", inputs);
            case "matrix" -> name(reference, use, "matrix value", use.matrix());
            case "env", "steps" -> late(reference, use);
            default -> unknownRoot(reference, use);
        }
    }

    private void late(Reference reference, Use use) {
        if (use.early()) {
            tell(
                    reference,
                    use,
                    "is not known before the run starts",
                    "use inputs or matrix values here");
        } else if (reference.root().equals("steps")) {
            if (reference.step().isEmpty()) {
                tell(reference, use, "is not complete", "write ${steps.NAME.outputs.OUTPUT}");
            } else {
                String step = reference.step().get();
                boolean cell =
                        step.contains(" (")
                                && steps.contains(step.substring(0, step.indexOf(" (")));
                if (!cell) {
                    name(step, reference, use, "step", steps);
                }
            }
        }
    }

    private void name(Reference reference, Use use, String what, Collection<String> known) {
        name(reference.rest(), reference, use, what, known);
    }

    private void name(
            String name, Reference reference, Use use, String what, Collection<String> known) {
        if (!known.contains(name)) {
            tell(
                    reference,
                    use,
                    "refers to nothing: there is no %s '%s'".formatted(what, name),
                    Suggestions.didYouMean(name, known));
        }
    }

    private void unknownRoot(Reference reference, Use use) {
        String near = Suggestions.didYouMean(reference.root(), ROOTS);
        String literal = "write $" + reference.whole() + " when it is meant for the program";
        boolean foreign = reference.whole().startsWith("${{");
        tell(
                reference,
                use,
                "refers to nothing: references begin with inputs, matrix, steps or env",
                foreign ? "write ${inputs.NAME} with one brace" : near.isEmpty() ? literal : near);
    }

    private void tell(Reference reference, Use use, String what, String suggestion) {
        problems.add(
                use.at().mark(), reference.whole(), reference.whole() + " " + what, suggestion);
    }
}
