package dev.millwright.engine.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one map in the types that are wanted; what does not fit becomes a problem and
/// the field counts as missing. Used by one thread.
final class FieldReader {
    private final Tree.Fields fields;
    private final Problems problems;

    FieldReader(Tree.Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    boolean has(String key) {
        return fields.entries().containsKey(key);
    }

    Mark mark(String key) {
        Tree.@Nullable Entry entry = fields.entries().get(key);
        return entry == null ? fields.mark() : entry.mark();
    }

    Optional<Tree> tree(String key) {
        return Optional.ofNullable(fields.entries().get(key)).map(Tree.Entry::value);
    }

    /// A problem for each key that is not known here.
    void onlyKnown(Collection<String> known) {
        fields.entries()
                .forEach(
                        (key, entry) -> {
                            if (!known.contains(key) && !key.startsWith("x-")) {
                                problems.add(
                                        entry.mark(),
                                        key,
                                        "unknown key '%s'".formatted(key),
                                        Suggestions.didYouMean(key, known));
                            }
                        });
    }

    Optional<String> text(String key) {
        return tree(key)
                .flatMap(
                        tree ->
                                switch (tree) {
                                    case Tree.Scalar scalar
                                            when scalar.type() != Tree.Type.NOTHING ->
                                            Optional.of(scalar.text());
                                    case Tree.Scalar _, Tree.Items _, Tree.Fields _ -> {
                                        wrong(key, "text", tree);
                                        yield Optional.empty();
                                    }
                                });
    }

    boolean flag(String key, boolean otherwise) {
        Optional<Tree> tree = tree(key);
        if (tree.isEmpty()) {
            return otherwise;
        }
        if (tree.get() instanceof Tree.Scalar(Mark _, Tree.Type type, String text)
                && type == Tree.Type.BOOLEAN) {
            return text.toLowerCase(Locale.ROOT).equals("true");
        }
        wrong(key, "true or false", tree.get());
        return otherwise;
    }

    int count(String key, int otherwise, int least) {
        Optional<Tree> tree = tree(key);
        if (tree.isEmpty()) {
            return otherwise;
        }
        return count(key, tree.get(), otherwise, least);
    }

    int count(String key, Tree tree, int otherwise, int least) {
        if (tree instanceof Tree.Scalar(Mark _, Tree.Type type, String text)
                && type == Tree.Type.NUMBER) {
            try {
                int value = Integer.parseInt(text);
                if (value >= least) {
                    return value;
                }
            } catch (NumberFormatException notWhole) {
                // Told below
            }
        }
        wrong(key, "a whole number of at least " + least, tree);
        return otherwise;
    }

    Optional<Duration> duration(String key) {
        return tree(key)
                .flatMap(
                        tree -> {
                            Optional<Duration> time =
                                    tree instanceof Tree.Scalar scalar
                                            ? Durations.parse(scalar.text())
                                            : Optional.empty();
                            if (time.isEmpty()) {
                                problems.add(
                                        tree,
                                        "'%s' is not a duration, as '%s' wants"
                                                .formatted(tree.shown(), key),
                                        "write it like 30s, 10m or 1h30m");
                            }
                            return time;
                        });
    }

    /// One word of several.
    <E> Optional<E> oneOf(String key, Map<String, E> words) {
        return text(key)
                .flatMap(
                        word -> {
                            @Nullable E value = words.get(word);
                            if (value == null) {
                                problems.add(
                                        tree(key).orElse(fields),
                                        "'%s' is not a value of '%s'".formatted(word, key),
                                        or(
                                                Suggestions.didYouMean(word, words.keySet()),
                                                "write one of " + String.join(", ", words.keySet())));
                            }
                            return Optional.ofNullable(value);
                        });
    }

    static String or(String first, String second) {
        return first.isEmpty() ? second : first;
    }

    /// A text or a list of texts; empty when the key is missing.
    List<String> texts(String key) {
        Optional<Tree> tree = tree(key);
        if (tree.isEmpty()) {
            return List.of();
        }
        List<String> texts = texts(key, tree.get());
        if (texts.isEmpty() && tree.get() instanceof Tree.Items) {
            problems.add(tree.get(), "'%s' is empty".formatted(key), "give it at least one element");
        }
        return texts;
    }

    List<String> texts(String key, Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar when scalar.type() != Tree.Type.NOTHING ->
                    List.of(scalar.text());
            case Tree.Items list -> {
                List<String> texts = new ArrayList<>();
                for (Tree item : list.items()) {
                    if (item instanceof Tree.Scalar scalar) {
                        texts.add(scalar.text());
                    } else {
                        wrong("an element of '" + key + "'", "text", item);
                    }
                }
                yield texts;
            }
            case Tree.Scalar _, Tree.Fields _ -> {
                wrong(key, "text or a list of texts", tree);
                yield List.of();
            }
        };
    }

    /// A map with scalar values, in order; empty when the key is missing.
    Map<String, String> values(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        map(key)
                .ifPresent(
                        map ->
                                map.entries()
                                        .forEach(
                                                (name, entry) ->
                                                        value(key, name, entry.value())
                                                                .ifPresent(
                                                                        text ->
                                                                                values.put(
                                                                                        name,
                                                                                        text))));
        return values;
    }

    private Optional<String> value(String key, String name, Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        if (tree instanceof Tree.Fields map && map.entries().containsKey("from_secret")) {
            problems.add(
                    map.mark(),
                    "from_secret",
                    "'%s' wants a secret, and this version of Millwright has no secrets"
                            .formatted(name),
                    "pass the value as an input or keep it on the node");
        } else {
            wrong(key + "." + name, "text, a number, true or false", tree);
        }
        return Optional.empty();
    }

    Optional<Tree.Fields> map(String key) {
        return tree(key)
                .flatMap(
                        tree -> {
                            if (tree instanceof Tree.Fields map) {
                                return Optional.of(map);
                            }
                            wrong(key, "a map", tree);
                            return Optional.empty();
                        });
    }

    void wrong(String key, String wanted, Tree got) {
        String name = key.startsWith("an element") ? key : "'" + key + "'";
        problems.add(got, "%s has to be %s, not %s".formatted(name, wanted, got.kind()), "");
    }
}
