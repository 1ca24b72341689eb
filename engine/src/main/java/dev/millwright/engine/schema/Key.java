package dev.millwright.engine.schema;

import java.util.List;

/// A key that pipeline files know.
///
/// @param aliases other spellings that mean the same
/// @param fallback what counts when the key is missing, for people; may be empty
/// @param doc one sentence for people
/// @param example a value as users write it
public record Key(
        String name,
        List<String> aliases,
        Shape shape,
        boolean required,
        String fallback,
        String doc,
        String example) {
    public Key {
        aliases = List.copyOf(aliases);
    }

    static Key of(String name, Shape shape, String example, String doc) {
        return new Key(name, List.of(), shape, false, "", doc, example);
    }

    Key alias(String alias) {
        return new Key(name, List.of(alias), shape, required, fallback, doc, example);
    }

    Key mandatory() {
        return new Key(name, aliases, shape, true, fallback, doc, example);
    }

    Key or(String value) {
        return new Key(name, aliases, shape, required, value, doc, example);
    }

    /// Whether the word is the key's name or one of its other spellings.
    public boolean answersTo(String word) {
        return name.equals(word) || aliases.contains(word);
    }
}
