package dev.millwright.formats;

import dev.millwright.plugin.format.FormatResult.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the keys of one map in the types that are wanted, and tells what has another. A key that
/// holds nothing counts as missing. Used by one thread.
///
/// @param owner what the map is, for messages, such as `the step 'test'`
record Keys(Placed.Fields map, String owner, Faults faults) {
    private static final int SHORTEST_MISTAKE = 4;

    Place place() {
        return map.place();
    }

    /// Where the value of the key stands; the map's own place when the key is missing.
    Place place(String key) {
        return value(key).map(Placed::place).orElse(map.place());
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    Optional<Placed> value(String key) {
        return Optional.ofNullable(map.entries().get(key))
                .map(Placed.Entry::value)
                .filter(value -> !(value instanceof Placed.Scalar scalar && scalar.isNothing()));
    }

    /// A text, of which something is there.
    Optional<String> text(String key) {
        return value(key)
                .flatMap(value -> {
                    if (value instanceof Placed.Scalar(Place at, String text, boolean _)) {
                        if (text.isBlank()) {
                            faults.add(at, "%s: '%s' is empty".formatted(owner, key));
                            return Optional.empty();
                        }
                        return Optional.of(text);
                    }
                    wrong(value, key, "a text");
                    return Optional.empty();
                });
    }

    /// One text or a list of texts; empty when the key is missing.
    List<Placed.Scalar> texts(String key) {
        List<Placed.Scalar> texts = new ArrayList<>();
        switch (value(key).orElse(null)) {
            case null -> {
                // It may be left out
            }
            case Placed.Scalar scalar -> texts.add(scalar);
            case Placed.Items list -> {
                for (Placed item : list.items()) {
                    if (item instanceof Placed.Scalar scalar && !scalar.isNothing()) {
                        texts.add(scalar);
                    } else {
                        wrong(item, key, "a list of texts");
                    }
                }
            }
            case Placed.Fields fields -> wrong(fields, key, "a text or a list of texts");
        }
        return texts;
    }

    /// A list of maps; empty when the key is missing.
    List<Placed.Fields> maps(String key) {
        List<Placed.Fields> maps = new ArrayList<>();
        switch (value(key).orElse(null)) {
            case null -> {
                // Who needs it tells so
            }
            case Placed.Items list -> {
                for (Placed item : list.items()) {
                    if (item instanceof Placed.Fields fields) {
                        maps.add(fields);
                    } else {
                        wrong(item, key, "a list of maps");
                    }
                }
            }
            case Placed other -> wrong(other, key, "a list");
        }
        return maps;
    }

    /// A map; empty when the key is missing.
    Optional<Placed.Fields> fields(String key) {
        return value(key)
                .flatMap(value -> {
                    if (value instanceof Placed.Fields fields) {
                        return Optional.of(fields);
                    }
                    wrong(value, key, "a map");
                    return Optional.empty();
                });
    }

    private void wrong(Placed value, String key, String wanted) {
        faults.add(
                value.place(),
                "%s: '%s' is %s, not %s".formatted(owner, key, wanted, value.kind()));
    }

    /// Refuse every key that looks like a mistyped one, since what it says would be lost, and leave
    /// out every other that nobody knows. Those that begin with `x-` or `_` are notes.
    void leaveOutAllBut(List<String> known) {
        map.entries()
                .forEach((key, entry) -> {
                    if (!known.contains(key) && !key.startsWith("x-") && !key.startsWith("_")) {
                        unknown(key, entry.key(), known);
                    }
                });
    }

    private void unknown(String key, Place at, List<String> known) {
        String meant = Suggestion.of(key, known);
        // A short word is soon near another one
        if (meant.isEmpty() || key.length() < SHORTEST_MISTAKE) {
            faults.warn(at, "%s: '%s' is not known and is left out%s".formatted(owner, key, meant));
        } else {
            faults.add(at, "%s: unknown key '%s'%s".formatted(owner, key, meant));
        }
    }
}
