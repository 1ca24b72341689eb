package dev.millwright.engine.yaml;

import dev.millwright.engine.schema.Durations;
import dev.millwright.engine.schema.ForeignKeys;
import dev.millwright.engine.schema.Form;
import dev.millwright.engine.schema.Forms;
import dev.millwright.engine.schema.Key;
import dev.millwright.engine.schema.Shape;
import dev.millwright.engine.schema.ShapeWords;
import dev.millwright.engine.schema.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds a tree against the table of keys: unknown and missing keys, wrong types, wrong words. What
/// it has told, the readers after it pass over in silence. Used by one thread.
final class Checker {
    private final Problems problems;

    Checker(Problems problems) {
        this.problems = problems;
    }

    void check(Tree tree, Form form) {
        if (tree instanceof Tree.Fields fields) {
            fields(fields, form);
        } else {
            problems.add(tree, "%s is a map, not %s".formatted(form.title(), tree.kind()), "");
        }
    }

    /// @param key the key that holds the value, for messages
    void check(String key, Tree tree, Shape shape) {
        switch (shape) {
            case Shape.Text(String pattern, String wanted) -> text(key, tree, pattern, wanted);
            case Shape.Flag _ -> {
                if (!is(tree, Tree.Type.BOOLEAN)) {
                    wrong(key, tree, shape);
                }
            }
            case Shape.Whole(int least, int most) -> whole(key, tree, least, most);
            case Shape.Time(boolean positive) -> time(key, tree, positive);
            case Shape.Word(List<String> words) -> word(key, tree, words);
            case Shape.ListOf(Shape element) -> list(key, tree, element, shape);
            case Shape.MapOf(String names, String wanted, Shape value) -> {
                if (tree instanceof Tree.Fields fields) {
                    map(key, fields, names, wanted, value);
                } else {
                    wrong(key, tree, shape);
                }
            }
            case Shape.Named(String name) -> named(key, tree, Forms.named(name), shape);
            case Shape.Either(List<Shape> choices) -> either(key, tree, choices, shape);
            case Shape.Nothing _ -> {
                if (!is(tree, Tree.Type.NOTHING)) {
                    wrong(key, tree, shape);
                }
            }
            case Shape.Anything _ -> {
                // Whatever it is
            }
        }
    }

    private void named(String key, Tree tree, Form form, Shape shape) {
        if (tree instanceof Tree.Fields fields) {
            fields(fields, form);
        } else if (form.equals(Forms.STEP)) {
            problems.add(tree, "a step is a map, not " + tree.kind(), "write '- commands: ...'");
        } else {
            wrong(key, tree, shape);
        }
    }

    private void fields(Tree.Fields map, Form form) {
        map.entries()
                .forEach((word, entry) ->
                        form.find(word)
                                .ifPresentOrElse(
                                        key -> check(word, entry.value(), key.shape()),
                                        () -> other(word, entry, form)));
        for (Key key : form.keys()) {
            List<String> spellings =
                    Stream.concat(Stream.of(key.name()), key.aliases().stream())
                            .filter(map.entries()::containsKey)
                            .toList();
            if (spellings.size() > 1) {
                problems.add(
                        new FieldReader(map).mark(spellings.get(1)),
                        spellings.get(1),
                        "'%s' and '%s' are the same key"
                                .formatted(spellings.get(0), spellings.get(1)),
                        "keep one of them");
            }
            if (key.required() && spellings.isEmpty()) {
                problems.add(
                        map.mark(),
                        "",
                        "%s needs the key '%s'".formatted(form.title(), key.name()),
                        "write '%s: %s'".formatted(key.name(), key.example()));
            }
        }
    }

    private void other(String word, Tree.Entry entry, Form form) {
        if (form.open() && word.startsWith("x-")) {
            return;
        }
        if (form.rest().isPresent()) {
            check(word, entry.value(), form.rest().get());
            return;
        }
        if (problems.isFull()) {
            return;
        }
        String near = Suggestions.didYouMean(word, form.words());
        String known = "known here are " + String.join(", ", form.words());
        String suggestion =
                ForeignKeys.advice(word, form)
                        .orElse(!near.isEmpty() ? near : form.keys().size() > 8 ? "" : known);
        problems.add(entry.mark(), word, "unknown key '%s'".formatted(word), suggestion);
    }

    private void text(String key, Tree tree, String pattern, String wanted) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.type() == Tree.Type.NOTHING) {
            secretOr(key, tree, "text");
        } else if (!pattern.isEmpty() && !scalar.text().matches(pattern)) {
            problems.add(
                    tree, "'%s' has to be %s, not '%s'".formatted(key, wanted, tree.shown()), "");
        }
    }

    private void secretOr(String key, Tree tree, String wanted) {
        if (tree instanceof Tree.Fields map && map.entries().containsKey("from_secret")) {
            problems.add(
                    new FieldReader(map).mark("from_secret"),
                    "from_secret",
                    "'%s' cannot be a secret".formatted(key),
                    "only values of a step's 'environment' can");
        } else {
            problems.add(tree, "'%s' has to be %s, not %s".formatted(key, wanted, tree.kind()), "");
        }
    }

    private void whole(String key, Tree tree, int least, int most) {
        if (tree instanceof Tree.Scalar(Mark _, Tree.Type type, String text)
                && type == Tree.Type.NUMBER
                && text.matches("-?[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return;
            }
        }
        problems.add(
                tree,
                "'%s' has to be a whole number from %d to %,d, not %s"
                        .formatted(key, least, most, shown(tree)),
                "");
    }

    private static String shown(Tree tree) {
        return tree instanceof Tree.Scalar scalar && !scalar.text().isEmpty()
                ? "'" + scalar.shown() + "'"
                : tree.kind();
    }

    private void time(String key, Tree tree, boolean positive) {
        if (!(tree instanceof Tree.Scalar scalar)) {
            problems.add(
                    tree,
                    "'%s' has to be a duration, not %s".formatted(key, tree.kind()),
                    "write it like 30s, 10m or 1h30m");
            return;
        }
        Optional<Duration> time = Durations.parse(scalar.text());
        if (scalar.type() == Tree.Type.NUMBER || time.isEmpty()) {
            problems.add(
                    tree,
                    "'%s' has to be a duration, not %s".formatted(key, shown(tree)),
                    Durations.suggestion(scalar.text()));
        } else if (positive && time.get().isZero()) {
            problems.add(tree, "'%s' has to be longer than nothing".formatted(key), "");
        }
    }

    private void word(String key, Tree tree, List<String> words) {
        if (!(tree instanceof Tree.Scalar scalar) || scalar.type() == Tree.Type.NOTHING) {
            wrong(key, tree, new Shape.Word(words));
        } else if (!words.contains(scalar.text())) {
            String near = Suggestions.didYouMean(scalar.text(), words);
            problems.add(
                    tree,
                    "'%s' is not a value of '%s'".formatted(scalar.shown(), key),
                    near.isEmpty() ? "write one of " + String.join(", ", words) : near);
        }
    }

    private void list(String key, Tree tree, Shape element, Shape shape) {
        if (!(tree instanceof Tree.Items list)) {
            boolean steps = element instanceof Shape.Named(String form) && form.equals("step");
            problems.add(
                    tree,
                    "'%s' has to be %s, not %s".formatted(key, ShapeWords.of(shape), tree.kind()),
                    steps ? "begin each step with '- '" : "");
            return;
        }
        if (list.items().isEmpty()) {
            problems.add(list, "'%s' is empty".formatted(key), "give it an element, or remove it");
        }
        list.items().forEach(item -> check(key, item, element));
    }

    private void map(String key, Tree.Fields map, String names, String wanted, Shape value) {
        for (Map.Entry<String, Tree.Entry> entry : map.entries().entrySet()) {
            String name = entry.getKey();
            if (!names.isEmpty() && !name.matches(names)) {
                problems.add(
                        entry.getValue().mark(),
                        name,
                        "'%s' is no name in '%s'".formatted(name, key),
                        "use " + wanted);
            }
            check(name, entry.getValue().value(), value);
        }
    }

    /// The choice that is meant is the one that takes this kind of value; of several the first.
    private void either(String key, Tree tree, List<Shape> choices, Shape all) {
        List<Shape> meant = choices.stream().filter(choice -> takes(choice, tree)).toList();
        if (meant.isEmpty()) {
            if (tree instanceof Tree.Fields) {
                secretOr(key, tree, ShapeWords.of(all));
            } else {
                wrong(key, tree, all);
            }
        } else if (meant.stream().noneMatch(choice -> fits(key, tree, choice))) {
            check(key, tree, meant.getFirst());
        }
    }

    private static boolean fits(String key, Tree tree, Shape shape) {
        Problems found = new Problems();
        new Checker(found).check(key, tree, shape);
        return found.isEmpty();
    }

    private static boolean takes(Shape shape, Tree tree) {
        return switch (shape) {
            case Shape.Text _, Shape.Time _, Shape.Word _ ->
                    tree instanceof Tree.Scalar && !is(tree, Tree.Type.NOTHING);
            case Shape.Flag _ -> is(tree, Tree.Type.BOOLEAN);
            case Shape.Whole _ -> tree instanceof Tree.Scalar && !is(tree, Tree.Type.NOTHING);
            case Shape.Nothing _ -> is(tree, Tree.Type.NOTHING);
            case Shape.ListOf _ -> tree instanceof Tree.Items;
            case Shape.MapOf _, Shape.Named _ -> tree instanceof Tree.Fields;
            case Shape.Either(List<Shape> choices) ->
                    choices.stream().anyMatch(choice -> takes(choice, tree));
            case Shape.Anything _ -> true;
        };
    }

    private static boolean is(Tree tree, Tree.Type wanted) {
        return tree instanceof Tree.Scalar(Mark _, Tree.Type type, String _) && type == wanted;
    }

    private void wrong(String key, Tree tree, Shape wanted) {
        problems.add(
                tree,
                "'%s' has to be %s, not %s".formatted(key, ShapeWords.of(wanted), shown(tree)),
                "");
    }
}
