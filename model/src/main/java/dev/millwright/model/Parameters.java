package dev.millwright.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tree of plain values (text, numbers, booleans, lists, maps with text keys) as users write it
/// in YAML or JSON. Immutable; keeps the order of keys.
public record Parameters(Map<String, Object> values) {
    public static final Parameters NONE = new Parameters(Map.of());

    public Parameters {
        values = copyOf(values);
    }

    private static Map<String, Object> copyOf(Map<?, ?> map) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> map -> copyOf(map);
            case List<?> list -> list.stream().map(Parameters::plain).toList();
            case String text -> text;
            case Number number -> number;
            case Boolean flag -> flag;
            default ->
                    throw new IllegalArgumentException(
                            "parameters hold text, numbers, booleans, lists and maps, not "
                                    + value.getClass().getName());
        };
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(String::valueOf);
    }

    /// The elements of a list as text; empty when the key is missing or holds something else.
    public List<String> texts(String key) {
        return values.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }
}
