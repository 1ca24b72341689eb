package dev.millwright.engine.binding;

import dev.millwright.engine.schema.PipelineSchema;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Default;
import dev.millwright.plugin.Describe;
import dev.millwright.plugin.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Describes a configuration record as JSON Schema, in the words of [RecordBinder].
public final class RecordSchema {
    private static final Map<String, Object> FROM_SECRET =
            Map.of(
                    "type",
                    "object",
                    "properties",
                    Map.of(
                            "from_secret",
                            Map.of("type", "string", "pattern", "^[^/#]+/[^#]+(#.*)?$")),
                    "required",
                    List.of("from_secret"),
                    "additionalProperties",
                    false);

    private RecordSchema() {}

    /// The schema as a tree of plain values.
    public static Parameters of(Class<? extends Record> type) {
        return new Parameters(object(type));
    }

    private static Map<String, Object> object(Class<?> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        describe(schema, type.getAnnotation(Describe.class));
        if (type == Parameters.class) {
            return schema;
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> property =
                    StoredSecrets.mayStandFor(component)
                            ? orSecret(of(component.getGenericType()))
                            : of(component.getGenericType());
            describe(property, component.getAnnotation(Describe.class));
            @Nullable Default fallback = component.getAnnotation(Default.class);
            if (fallback != null) {
                property.put("default", fallback.value());
            }
            properties.put(component.getName(), property);
            if (!ValueReader.isOptional(component)) {
                required.add(component.getName());
            }
        }
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }

    /// Each text may also be a secret: of a map, each of its values.
    private static Map<String, Object> orSecret(Map<String, Object> schema) {
        @Nullable Object values = schema.get("additionalProperties");
        if (values == null) {
            return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, FROM_SECRET)));
        }
        Map<String, Object> changed = new LinkedHashMap<>(schema);
        changed.put("additionalProperties", Map.of("anyOf", List.of(values, FROM_SECRET)));
        return changed;
    }

    private static void describe(Map<String, Object> schema, @Nullable Describe text) {
        if (text != null) {
            schema.put("description", text.value());
        }
    }

    private static Map<String, Object> of(Type type) {
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() ? object(plain) : scalar(plain);
    }

    private static Map<String, Object> generic(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            return of(arguments[0]);
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        if (raw == Map.class) {
            schema.put("type", "object");
            schema.put("additionalProperties", of(arguments[1]));
            return schema;
        }
        schema.put("type", "array");
        schema.put("items", of(arguments[0]));
        if (raw == Set.class) {
            schema.put("uniqueItems", true);
        }
        // One value counts as a list of one
        return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, of(arguments[0]))));
    }

    private static Map<String, Object> scalar(Class<?> type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type == boolean.class || type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (Set.of(int.class, long.class, Integer.class, Long.class).contains(type)) {
            schema.put("type", "integer");
        } else if (type == double.class || type == Double.class) {
            schema.put("type", "number");
        } else if (type.isEnum()) {
            schema.put("enum", ValueReader.words(type));
        } else if (type != Object.class) {
            schema.put("type", "string");
            if (type == Secret.class) {
                schema.put("pattern", "^\\$\\{(env|file|secret):[^}]+\\}$");
                return new LinkedHashMap<>(Map.of("anyOf", List.of(schema, FROM_SECRET)));
            }
            if (type == Duration.class) {
                schema.put("pattern", "^(" + PipelineSchema.DURATION + ")$");
            } else if (type == Instant.class) {
                schema.put("format", "date-time");
            } else if (type == URI.class) {
                schema.put("format", "uri-reference");
            }
        }
        return schema;
    }
}
