package dev.millwright.server.resource;

import dev.millwright.engine.binding.MisplacedSecret;
import dev.millwright.engine.binding.StoredSecrets;
import dev.millwright.engine.schema.Durations;
import dev.millwright.engine.schema.Suggestions;
import dev.millwright.model.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the fields of one map of a spec; what does not fit is noted and counts as missing. Used by
/// one thread.
final class SpecFields {
    private final String pointer;
    private final Map<?, ?> fields;
    private final List<ResourceProblem> problems;

    SpecFields(String pointer, Map<?, ?> fields, List<ResourceProblem> problems) {
        this.pointer = pointer;
        this.fields = fields;
        this.problems = problems;
    }

    String pointer() {
        return pointer;
    }

    void problem(String key, String message) {
        problems.add(ResourceProblem.at(key.isEmpty() ? pointer : pointer + "/" + key, message));
    }

    void onlyKnown(Collection<String> known) {
        for (Object key : fields.keySet()) {
            String name = String.valueOf(key);
            if (!known.contains(name)) {
                String hint = Suggestions.didYouMean(name, known);
                problem(
                        name,
                        "unknown key '%s'%s".formatted(name, hint.isEmpty() ? "" : "; " + hint));
            }
        }
    }

    /// The fields of those names, as they are written.
    Parameters only(Collection<String> names) {
        Map<String, Object> values = new LinkedHashMap<>();
        names.stream()
                .filter(name -> fields.get(name) != null)
                .forEach(name -> values.put(name, Objects.requireNonNull(fields.get(name))));
        return new Parameters(values);
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    String text(String key) {
        @Nullable Object value = fields.get(key);
        if (value instanceof Map<?, ?> || value instanceof List<?>) {
            problem(key, "'%s' has to be text".formatted(key));
            return "";
        }
        return value == null ? "" : String.valueOf(value);
    }

    boolean flag(String key) {
        @Nullable Object value = fields.get(key);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        problem(key, "'%s' has to be true or false".formatted(key));
        return false;
    }

    int count(String key) {
        @Nullable Object value = fields.get(key);
        if (value == null) {
            return 0;
        }
        if (value instanceof Number number
                && number.longValue() >= 0
                && number.longValue() < 1_000_000) {
            return number.intValue();
        }
        problem(key, "'%s' has to be a whole number".formatted(key));
        return 0;
    }

    Duration duration(String key) {
        if (!has(key)) {
            return Duration.ZERO;
        }
        Optional<Duration> time = Durations.parse(text(key));
        if (time.isEmpty()) {
            problem(key, "'%s' is not a duration; write it like 30s or 10m".formatted(text(key)));
        }
        return time.orElse(Duration.ZERO);
    }

    @Nullable Instant instant(String key) {
        if (!has(key)) {
            return null;
        }
        try {
            return Instant.parse(text(key));
        } catch (DateTimeException malformed) {
            problem(
                    key,
                    "'%s' is not a time; write it like 2027-01-31T06:00:00Z".formatted(text(key)));
            return null;
        }
    }

    /// One text, or a list of texts.
    List<String> texts(String key) {
        @Nullable Object value = fields.get(key);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(text(key));
    }

    Map<String, String> values(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        map(key).ifPresent(map ->
                map.fields.forEach((name, value) -> {
                    if (value instanceof Map<?, ?> || value instanceof List<?>) {
                        map.problem(String.valueOf(name), "'%s' has to be text".formatted(name));
                    } else {
                        values.put(String.valueOf(name), String.valueOf(value));
                    }
                }));
        return values;
    }

    /// Variables for steps: texts, or secrets of stores as `${secret:STORE/PATH#KEY}`.
    Map<String, String> environment(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        map(key).ifPresent(map ->
                map.fields.forEach((field, value) -> {
                    String name = String.valueOf(field);
                    String text =
                            StoredSecrets.reference(value).orElseGet(() -> String.valueOf(value));
                    if (text.startsWith("${secret:")
                            || !(value instanceof Map<?, ?> || value instanceof List<?>)) {
                        values.put(name, text);
                        MisplacedSecret.in(text)
                                .ifPresent(found ->
                                        map.problem(name, found.message() + "; " + found.remedy()));
                    } else {
                        map.problem(name, "'%s' has to be text".formatted(name));
                    }
                }));
        return values;
    }

    Optional<SpecFields> map(String key) {
        @Nullable Object value = fields.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new SpecFields(pointer + "/" + key, map, problems));
        }
        problem(key, "'%s' has to be a map".formatted(key));
        return Optional.empty();
    }

    /// A map, or the text of the one field that matters most.
    Optional<SpecFields> mapOrText(String key, String field) {
        return fields.get(key) instanceof String text
                ? Optional.of(new SpecFields(pointer + "/" + key, Map.of(field, text), problems))
                : map(key);
    }

    /// A map as it is written, to be checked by somebody else.
    Parameters parameters(String key) {
        return map(key).map(
                        map -> {
                            Map<String, Object> values = new LinkedHashMap<>();
                            map.fields.forEach(
                                    (name, value) -> values.put(String.valueOf(name), value));
                            return new Parameters(values);
                        })
                .orElse(Parameters.NONE);
    }

    List<SpecFields> maps(String key) {
        @Nullable Object value = fields.get(key);
        List<SpecFields> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) instanceof Map<?, ?> map) {
                    maps.add(new SpecFields(pointer + "/" + key + "/" + i, map, problems));
                } else {
                    problem(key + "/" + i, "an item of '%s' has to be a map".formatted(key));
                }
            }
        } else if (value != null) {
            problem(key, "'%s' has to be a list".formatted(key));
        }
        return maps;
    }

    <E> E oneOf(String key, Map<String, E> words, E otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        @Nullable E value = words.get(text(key));
        if (value == null) {
            problem(
                    key,
                    "'%s' is not a value of '%s'; write one of %s"
                            .formatted(
                                    text(key),
                                    key,
                                    String.join(", ", words.keySet().stream().sorted().toList())));
            return otherwise;
        }
        return value;
    }
}
