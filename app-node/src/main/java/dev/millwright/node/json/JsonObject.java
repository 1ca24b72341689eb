package dev.millwright.node.json;

import dev.millwright.node.NodeException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of JSON whose parts are asked for by name. A part that is not what is asked for gives
/// [NodeException]. Immutable.
public record JsonObject(Map<String, @Nullable Object> parts) {
    public JsonObject {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    static JsonObject of(@Nullable Object tree) {
        return new JsonObject(map(tree, "the whole"));
    }

    public String text(String name) {
        return text(parts.get(name), name);
    }

    public @Nullable String textOrNull(String name) {
        return parts.get(name) == null ? null : text(name);
    }

    public long number(String name) {
        if (parts.get(name) instanceof Long number) {
            return number;
        }
        throw wrong(name, "whole number");
    }

    public @Nullable Long numberOrNull(String name) {
        return parts.get(name) == null ? null : (Long) number(name);
    }

    public boolean flag(String name) {
        if (parts.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "truth");
    }

    public JsonObject object(String name) {
        return new JsonObject(map(parts.get(name), name));
    }

    public @Nullable JsonObject objectOrNull(String name) {
        return parts.get(name) == null ? null : object(name);
    }

    public List<String> texts(String name) {
        return list(name).stream().map(one -> text(one, name)).toList();
    }

    public List<JsonObject> objects(String name) {
        return list(name).stream().map(one -> new JsonObject(map(one, name))).toList();
    }

    /// All parts of this object, each of which is a text.
    public Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        parts.forEach((name, value) -> texts.put(name, text(value, name)));
        return texts;
    }

    /// All parts of this object, none of which is null.
    public Map<String, Object> allValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        parts.forEach((name, value) -> {
            if (value == null) {
                throw wrong(name, "value");
            }
            values.put(name, value);
        });
        return values;
    }

    private List<?> list(String name) {
        if (parts.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "list");
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            map.forEach((key, one) -> parts.put(String.valueOf(key), one));
            return parts;
        }
        throw wrong(name, "object");
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(name, "text");
    }

    private static NodeException wrong(String name, String wanted) {
        return new NodeException("'%s' is no %s".formatted(name, wanted));
    }
}
