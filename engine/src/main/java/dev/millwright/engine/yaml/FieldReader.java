package dev.millwright.engine.yaml;

import dev.millwright.engine.schema.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Takes the fields of one map in the types that are wanted. A field of another type counts as
/// missing: [Checker] has told of it before. Used by one thread.
record FieldReader(Tree.Fields fields) {
    /// The fields of a value that should be a map; none when it is not.
    static FieldReader of(Tree tree) {
        return new FieldReader(
                tree instanceof Tree.Fields map ? map : new Tree.Fields(tree.mark(), Map.of()));
    }

    boolean has(String key) {
        return fields.entries().containsKey(key);
    }

    Optional<Tree> tree(String key) {
        return Optional.ofNullable(fields.entries().get(key)).map(Tree.Entry::value);
    }

    /// The place of the key itself.
    Mark mark(String key) {
        return Optional.ofNullable(fields.entries().get(key))
                .map(Tree.Entry::mark)
                .orElse(fields.mark());
    }

    Optional<String> text(String key) {
        return tree(key).flatMap(FieldReader::text);
    }

    private static Optional<String> text(Tree tree) {
        return tree instanceof Tree.Scalar(Mark _, Tree.Type type, String text)
                        && type != Tree.Type.NOTHING
                ? Optional.of(text)
                : Optional.empty();
    }

    boolean flag(String key) {
        return text(key).filter(text -> text.equalsIgnoreCase("true")).isPresent();
    }

    int count(String key, int otherwise) {
        return text(key)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(otherwise);
    }

    /// As [#count], and below 0 as well.
    int whole(String key, int otherwise) {
        return text(key)
                .filter(text -> text.matches("-?[0-9]{1,9}"))
                .map(Integer::valueOf)
                .orElse(otherwise);
    }

    Optional<Duration> duration(String key) {
        return text(key).flatMap(Durations::parse);
    }

    /// A text or a list of texts; empty when the key is missing.
    List<String> texts(String key) {
        return trees(key).stream().flatMap(tree -> text(tree).stream()).toList();
    }

    /// One value or a list of values.
    List<Tree> trees(String key) {
        return switch (tree(key).orElse(null)) {
            case null -> List.of();
            case Tree.Items list -> list.items();
            case Tree.Scalar scalar -> List.of(scalar);
            case Tree.Fields map -> List.of(map);
        };
    }

    /// A map with texts as values, in order; empty when the key is missing. Nothing is empty text.
    Map<String, String> values(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        if (tree(key).orElse(null) instanceof Tree.Fields map) {
            map.entries()
                    .forEach((name, entry) -> {
                        if (entry.value() instanceof Tree.Scalar scalar) {
                            values.put(name, scalar.text());
                        }
                    });
        }
        return values;
    }

    /// Like [#values], where `{from_secret: X}` stands for the reference `${secret:X}`.
    Map<String, String> environment(String key) {
        Map<String, String> values = values(key);
        if (tree(key).orElse(null) instanceof Tree.Fields map) {
            map.entries()
                    .forEach((name, entry) -> {
                        if (entry.value() instanceof Tree.Fields secret) {
                            new FieldReader(secret)
                                    .text("from_secret")
                                    .ifPresent(from ->
                                            values.put(name, "${secret:%s}".formatted(from)));
                        }
                    });
        }
        return values;
    }

    /// A list of maps with texts as values.
    List<Map<String, String>> tables(String key) {
        List<Map<String, String>> tables = new ArrayList<>();
        for (Tree tree : trees(key)) {
            Tree.Fields around =
                    new Tree.Fields(tree.mark(), Map.of(key, new Tree.Entry(tree.mark(), tree)));
            tables.add(new FieldReader(around).values(key));
        }
        return tables;
    }
}
