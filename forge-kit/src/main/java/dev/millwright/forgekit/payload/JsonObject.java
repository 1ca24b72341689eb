package dev.millwright.forgekit.payload;

import dev.millwright.model.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An object of a payload, read strictly: each method throws [PayloadException] when a member has
/// another type than the caller expects. Immutable.
///
/// @param place where it stands in the payload, such as `pull_request.head`; empty for the whole
public record JsonObject(JsonNode node, String place) {
    /// A key that stands twice means one thing to us and another to somebody else.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    public JsonObject {
        if (!node.isObject()) {
            throw new PayloadException(
                    "%s is not an object"
                            .formatted(place.isEmpty() ? "the payload" : quoted(place)));
        }
    }

    public static JsonObject parse(Payload body) {
        if (body.isEmpty()) {
            throw new PayloadException("the payload is empty");
        }
        try {
            return new JsonObject(JSON.readTree(body.bytes()), "");
        } catch (JacksonException notJson) {
            throw new PayloadException("the payload is not JSON: " + notJson.getOriginalMessage());
        }
    }

    private static String quoted(String place) {
        return "'" + place + "'";
    }

    private String placeOf(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    private PayloadException misfit(String name, String wanted) {
        return new PayloadException("%s is not %s".formatted(quoted(placeOf(name)), wanted));
    }

    /// Whether the member is missing or null.
    public boolean lacks(String name) {
        JsonNode member = node.path(name);
        return member.isMissingNode() || member.isNull();
    }

    public String text(String name) {
        JsonNode member = node.path(name);
        if (!member.isString()) {
            throw misfit(name, "a text");
        }
        return member.stringValue();
    }

    /// Empty when the member is missing or null.
    public String textOrEmpty(String name) {
        return lacks(name) ? "" : text(name);
    }

    /// False when the member is missing or null.
    public boolean flag(String name) {
        if (lacks(name)) {
            return false;
        }
        if (!node.path(name).isBoolean()) {
            throw misfit(name, "true or false");
        }
        return node.path(name).booleanValue();
    }

    public long number(String name) {
        if (!node.path(name).canConvertToLong() || !node.path(name).isIntegralNumber()) {
            throw misfit(name, "a whole number");
        }
        return node.path(name).longValue();
    }

    public JsonObject object(String name) {
        return new JsonObject(node.path(name), placeOf(name));
    }

    public Optional<JsonObject> optional(String name) {
        return lacks(name) ? Optional.empty() : Optional.of(object(name));
    }

    /// Empty when the member is missing or null.
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode item : items(name)) {
            objects.add(new JsonObject(item, placeOf(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /// Empty when the member is missing or null.
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode item : items(name)) {
            if (!item.isString()) {
                throw misfit(name, "a list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    private Iterable<JsonNode> items(String name) {
        if (lacks(name)) {
            return List.of();
        }
        if (!node.path(name).isArray()) {
            throw misfit(name, "a list");
        }
        return node.path(name);
    }

    /// All members that are not null; those that are not single values as JSON.
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> {
                    if (!member.getValue().isNull()) {
                        values.put(member.getKey(), plain(member.getValue()));
                    }
                });
        return values;
    }

    /// What a JSON Pointer leads to; empty when that is nothing or null.
    public Optional<String> at(String pointer) {
        JsonNode found = node.at(JsonPointer.compile(pointer));
        return found.isMissingNode() || found.isNull()
                ? Optional.empty()
                : Optional.of(plain(found));
    }

    private static String plain(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
