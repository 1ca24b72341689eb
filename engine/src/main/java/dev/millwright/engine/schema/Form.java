package dev.millwright.engine.schema;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A map whose keys are known.
///
/// @param name how shapes refer to it
/// @param title what it is, for messages: `a step`
/// @param open whether keys that begin with `x-` are left to the author
/// @param restOrNull the shape of all other keys; null when there are none
public record Form(
        String name, String title, boolean open, List<Key> keys, @Nullable Shape restOrNull) {
    public Form {
        keys = List.copyOf(keys);
    }

    static Form of(String name, String title, Key... keys) {
        return new Form(name, title, false, List.of(keys), null);
    }

    public Optional<Shape> rest() {
        return Optional.ofNullable(restOrNull);
    }

    public Optional<Key> find(String word) {
        return keys.stream().filter(key -> key.answersTo(word)).findFirst();
    }

    /// Every spelling of every key.
    public List<String> words() {
        return keys.stream()
                .flatMap(key -> Stream.concat(Stream.of(key.name()), key.aliases().stream()))
                .toList();
    }
}
