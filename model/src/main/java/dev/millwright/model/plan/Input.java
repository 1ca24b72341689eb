package dev.millwright.model.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A typed parameter of a pipeline.
///
/// @param name letters, digits, `_` and `-`
/// @param values the allowed values of an `ENUM`, else empty
/// @param defaultOrNull used when the caller gives none; without it the input is required
public record Input(
        String name,
        Type type,
        List<String> values,
        @Nullable String defaultOrNull,
        String description) {
    /// What an input may hold. Values travel as text in the type's usual form.
    public enum Type {
        STRING,
        NUMBER,
        BOOLEAN,
        ENUM
    }

    public Input {
        values = List.copyOf(values);
    }

    public Optional<String> defaultValue() {
        return Optional.ofNullable(defaultOrNull);
    }
}
