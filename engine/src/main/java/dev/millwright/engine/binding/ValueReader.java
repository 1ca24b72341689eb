package dev.millwright.engine.binding;

import dev.millwright.engine.schema.Durations;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns one plain value into the type of a record's component. Used by one thread.
final class ValueReader {
    private final RecordBinder binder;
    private final SecretSource secrets;

    ValueReader(RecordBinder binder, SecretSource secrets) {
        this.binder = binder;
        this.secrets = secrets;
    }

    /// Null when it does not fit; then there is a problem.
    @Nullable Object read(Type type, Object value, String pointer) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, value, pointer);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == Parameters.class) {
            return value instanceof Map<?, ?> map
                    ? new Parameters(texts(map))
                    : misfit(pointer, "a map", value);
        }
        if (wanted == Object.class) {
            return value;
        }
        if (wanted.isRecord()) {
            return value instanceof Map<?, ?> map
                    ? binder.record(wanted, map, pointer)
                    : misfit(pointer, "a map", value);
        }
        if (value instanceof Map<?, ?> map && StoredSecrets.isSecret(map)) {
            if (wanted == Secret.class) {
                return secret("${secret:%s}".formatted(map.get("from_secret")), pointer);
            }
            binder.problem(pointer, "cannot be a secret; write the value itself");
            return null;
        }
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            return misfit(pointer, "a single value", value);
        }
        return scalar(wanted, String.valueOf(value), pointer);
    }

    /// What a component gets for which nothing is written; lists are separated by commas.
    @Nullable Object fallback(Type type, String text, String pointer) {
        boolean many =
                type instanceof ParameterizedType generic
                        && (generic.getRawType() == List.class
                                || generic.getRawType() == Set.class);
        Object value = many && !text.isEmpty() ? List.of(text.split("\\s*,\\s*", -1)) : text;
        return many && text.isEmpty() ? empty(type, pointer) : read(type, value, pointer);
    }

    /// Null when nothing can stand for a missing value.
    @Nullable Object empty(Type type, String pointer) {
        if (type instanceof ParameterizedType generic) {
            return empty((Class<?>) generic.getRawType());
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == Parameters.class) {
            return Parameters.NONE;
        }
        boolean optional = wanted.isRecord() && isOptional(wanted);
        return optional ? binder.record(wanted, Map.of(), pointer) : null;
    }

    /// Whether a record can be left out: all that is in it has a value then.
    static boolean isOptional(Class<?> wanted) {
        return Arrays.stream(wanted.getRecordComponents()).allMatch(ValueReader::isOptional);
    }

    static boolean isOptional(RecordComponent component) {
        Class<?> type = component.getType();
        return component.isAnnotationPresent(dev.millwright.plugin.Default.class)
                || Set.of(Optional.class, List.class, Set.class, Map.class, Parameters.class)
                        .contains(type)
                || (type.isRecord() && isOptional(type));
    }

    private static @Nullable Object empty(Class<?> raw) {
        if (raw == Optional.class) {
            return Optional.empty();
        }
        if (raw == List.class) {
            return List.of();
        }
        if (raw == Set.class) {
            return Set.of();
        }
        return raw == Map.class ? Map.of() : null;
    }

    private @Nullable Object collection(ParameterizedType type, Object value, String pointer) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            @Nullable Object read = read(plain(arguments[0]), value, pointer);
            return read == null ? null : Optional.of(read);
        }
        if (raw == List.class) {
            return List.copyOf(items(plain(arguments[0]), value, pointer));
        }
        if (raw == Set.class) {
            return Collections.unmodifiableSet(
                    new LinkedHashSet<>(items(plain(arguments[0]), value, pointer)));
        }
        if (raw == Map.class && arguments[0] == String.class) {
            return value instanceof Map<?, ?> map
                    ? entries(plain(arguments[1]), map, pointer)
                    : misfit(pointer, "a map", value);
        }
        throw new IllegalArgumentException("configuration records cannot hold " + type);
    }

    private static Type plain(Type type) {
        return type instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : type;
    }

    /// One value counts as a list of one.
    private List<Object> items(Type type, Object value, String pointer) {
        List<Object> read = new ArrayList<>();
        List<?> written = value instanceof List<?> list ? list : List.of(value);
        for (int i = 0; i < written.size(); i++) {
            @Nullable Object item = read(type, written.get(i), pointer + "/" + i);
            if (item != null) {
                read.add(item);
            }
        }
        return read;
    }

    private Map<String, Object> entries(Type type, Map<?, ?> map, String pointer) {
        Map<String, Object> read = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            @Nullable Object item = read(type, value, pointer + "/" + key);
            if (item != null) {
                read.put(String.valueOf(key), item);
            }
        });
        return Collections.unmodifiableMap(read);
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private @Nullable Object misfit(String pointer, String wanted, Object value) {
        String what =
                value instanceof Map<?, ?>
                        ? "a map"
                        : value instanceof List<?> ? "a list" : "'" + value + "'";
        binder.problem(pointer, "has to be %s, not %s".formatted(wanted, what));
        return null;
    }

    private @Nullable Object scalar(Class<?> wanted, String text, String pointer) {
        try {
            if (wanted == String.class) {
                return text;
            }
            if (wanted == boolean.class || wanted == Boolean.class) {
                return switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> misfit(pointer, "true or false", text);
                };
            }
            if (wanted == int.class || wanted == Integer.class) {
                return Integer.valueOf(text);
            }
            if (wanted == long.class || wanted == Long.class) {
                return Long.valueOf(text);
            }
            if (wanted == double.class || wanted == Double.class) {
                return Double.valueOf(text);
            }
            if (wanted == Duration.class) {
                @Nullable Duration read = Durations.parse(text).orElse(null);
                return read == null ? misfit(pointer, "a duration such as 30s or 10m", text) : read;
            }
            if (wanted == Instant.class) {
                return Instant.parse(text);
            }
            if (wanted == URI.class) {
                return URI.create(text);
            }
            if (wanted == Path.class) {
                return Path.of(text);
            }
        } catch (NumberFormatException misfit) {
            return misfit(pointer, wanted == double.class ? "a number" : "a whole number", text);
        } catch (DateTimeException misfit) {
            return misfit(pointer, "a time such as 2027-01-31T06:00:00Z", text);
        } catch (InvalidPathException misfit) {
            return misfit(pointer, "a path", text);
        } catch (IllegalArgumentException misfit) {
            return misfit(pointer, "an address such as https://ci.example.org", text);
        }
        if (wanted == Secret.class) {
            return secret(text, pointer);
        }
        if (wanted.isEnum()) {
            return word(wanted, text, pointer);
        }
        throw new IllegalArgumentException("configuration records cannot hold " + wanted);
    }

    /// The same tree with values in place of the secrets of stores. Null when one of them cannot be
    /// had; then there is a problem.
    @Nullable Object revealed(Object value, String pointer) {
        Optional<String> reference = StoredSecrets.reference(value);
        if (reference.isPresent()) {
            return secret(reference.get(), pointer) instanceof Secret secret
                    ? secret.reveal()
                    : null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            @Nullable Object inner = revealed(entry.getValue(), pointer + "/" + key);
            if (inner == null) {
                return null;
            }
            tree.put(key, inner);
        }
        return tree;
    }

    private @Nullable Object secret(String text, String pointer) {
        if (text.startsWith("${secret:")) {
            if (!secrets.knowsStores()) {
                binder.problem(
                        pointer,
                        "secrets of stores are not to be had here; use ${env:NAME} or ${file:PATH}");
                return null;
            }
            if (!StoredSecrets.isWhole(text)) {
                binder.problem(
                        pointer,
                        "'from_secret' has to be STORE/PATH or STORE/PATH#KEY, not '%s'"
                                .formatted(text.substring(9, text.length() - 1)));
                return null;
            }
        } else if (!SecretSource.REFERENCE.matcher(text).matches()) {
            binder.problem(
                    pointer,
                    "a secret is not written down itself; use "
                            + (secrets.knowsStores()
                                    ? "from_secret: STORE/PATH#KEY, ${env:NAME} or ${file:PATH}"
                                    : "${env:NAME} or ${file:PATH}"));
            return null;
        }
        Optional<String> value = secrets.resolve(text).filter(found -> !found.isEmpty());
        if (value.isEmpty()) {
            binder.problem(pointer, "%s refers to nothing".formatted(text));
        }
        return value.map(Secret::of).orElse(null);
    }

    private @Nullable Object word(Class<?> type, String text, String pointer) {
        for (Object constant : type.getEnumConstants()) {
            if (word(constant).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        return misfit(pointer, "one of " + String.join(", ", words(type)), text);
    }

    static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(ValueReader::word).toList();
    }

    private static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
