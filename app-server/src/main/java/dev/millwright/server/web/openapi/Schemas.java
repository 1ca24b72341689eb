package dev.millwright.server.web.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millwright.model.AttemptId;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// JSON Schemas of records. What may be missing is not `required`; nulls do not travel. Used by one
/// thread.
final class Schemas {
    private static final String REFERENCE = "#/components/schemas/";

    private final Map<String, Object> components = new TreeMap<>();

    /// The schemas of all records met so far, by name.
    Map<String, Object> components() {
        return components;
    }

    Map<String, Object> of(Type type) {
        return switch (type) {
            case ParameterizedType generic -> ofGeneric(generic);
            case Class<?> plain -> ofClass(plain);
            default -> Map.of();
        };
    }

    private Map<String, Object> ofGeneric(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw == List.class) {
            return ordered("type", "array", "items", of(arguments[0]));
        }
        if (raw == Map.class) {
            return ordered("type", "object", "additionalProperties", of(arguments[1]));
        }
        String item = ((Class<?>) arguments[0]).getSimpleName();
        return reference(raw.getSimpleName() + "Of" + item, raw, Map.of("T", arguments[0]));
    }

    private Map<String, Object> ofClass(Class<?> type) {
        if (type == RunId.class
                || type == DeliveryId.class
                || type == AttemptId.class
                || type == UUID.class) {
            return ordered("type", "string", "format", "uuid");
        }
        if (type == StepPath.class) {
            return ordered("type", "string", "pattern", "^0(/(0|[1-9][0-9]*))*$");
        }
        if (type == Instant.class) {
            return ordered("type", "string", "format", "date-time");
        }
        if (type == String.class) {
            return ordered("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return ordered("type", "boolean");
        }
        if (type == int.class || type == Integer.class) {
            return ordered("type", "integer", "format", "int32");
        }
        if (type == long.class || type == Long.class) {
            return ordered("type", "integer", "format", "int64");
        }
        if (type == double.class || type == Double.class) {
            return ordered("type", "number", "format", "double");
        }
        if (type.isEnum()) {
            return ordered("type", "string", "enum", words(type));
        }
        return type.isRecord() ? reference(nameOf(type), type, Map.of()) : new LinkedHashMap<>();
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> ((Enum<?>) word).name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /// Nested records carry the name of the one around them.
    private static String nameOf(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return outer == null ? type.getSimpleName() : nameOf(outer) + type.getSimpleName();
    }

    private Map<String, Object> reference(String name, Class<?> type, Map<String, Type> bound) {
        if (!components.containsKey(name)) {
            components.put(name, Map.of());
            components.put(name, record(type, bound));
        }
        return ordered("$ref", REFERENCE + name);
    }

    private Map<String, Object> record(Class<?> type, Map<String, Type> bound) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Map<String, Object> schema = new LinkedHashMap<>(of(bind(component, bound)));
            JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
            boolean optional =
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                            || property != null;
            if (!optional) {
                required.add(component.getName());
            }
            properties.put(component.getName(), schema);
        }
        Map<String, Object> schema = ordered("type", "object", "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        return schema;
    }

    /// `List<T>` of a generic record becomes a list of what T stands for.
    private static Type bind(RecordComponent component, Map<String, Type> bound) {
        Type type = component.getGenericType();
        if (type instanceof ParameterizedType generic) {
            Type item = bound.get(generic.getActualTypeArguments()[0].getTypeName());
            return item == null ? type : new ListOf(item);
        }
        return type;
    }

    private record ListOf(Type item) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {item};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
