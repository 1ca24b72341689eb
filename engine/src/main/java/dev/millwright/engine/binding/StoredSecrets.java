package dev.millwright.engine.binding;

import dev.millwright.plugin.OrSecret;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds references to secrets of stores in what users wrote: `${secret:STORE/PATH#KEY}`, or
/// `{from_secret: STORE/PATH#KEY}`, which means the same. Pure.
public final class StoredSecrets {
    private static final String KEY = "from_secret";

    /// What [OrSecret] may stand on.
    private static final Set<String> TEXTS =
            Set.of(
                    "java.lang.String",
                    "java.util.Optional<java.lang.String>",
                    "java.util.Map<java.lang.String, java.lang.String>");

    private StoredSecrets() {}

    /// The reference that a value is, as `${secret:...}`; empty when it is something else.
    public static Optional<String> reference(Object value) {
        return switch (value) {
            case String text ->
                    Optional.of(text).filter(one -> SecretSource.OF_STORE.matcher(one).matches());
            case Map<?, ?> map when isSecret(map) ->
                    Optional.of("${secret:%s}".formatted(map.get(KEY)))
                            .filter(one -> SecretSource.OF_STORE.matcher(one).matches());
            default -> Optional.empty();
        };
    }

    /// Whether a map stands for a secret, well or not.
    static boolean isSecret(Map<?, ?> map) {
        return map.size() == 1 && map.containsKey(KEY);
    }

    /// Whether a reference has the form `${secret:STORE/PATH}`.
    static boolean isWhole(String reference) {
        return reference.matches("\\$\\{secret:[^/#]+/[^#]+(#.*)?}");
    }

    /// All references in a tree of plain values.
    public static Set<String> in(Object tree) {
        Set<String> found = new LinkedHashSet<>();
        collect(tree, found);
        return found;
    }

    private static void collect(Object value, Set<String> found) {
        Optional<String> reference = reference(value);
        if (reference.isPresent()) {
            found.add(reference.get());
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> collect(inner, found));
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> collect(inner, found));
        }
    }

    /// Whether its texts may be secrets of stores. Throws [IllegalArgumentException] when that is
    /// said of anything but texts.
    static boolean mayStandFor(RecordComponent component) {
        if (!component.isAnnotationPresent(OrSecret.class)) {
            return false;
        }
        if (!TEXTS.contains(component.getGenericType().getTypeName())) {
            throw new IllegalArgumentException(
                    "@OrSecret stands on a text, an optional text or a map of texts, not on '%s'"
                            .formatted(component));
        }
        return true;
    }
}
