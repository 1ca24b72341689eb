package dev.millwright.server.telemetry.otlp;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A message in the JSON of OTLP: names in camel case, ids in hexadecimal digits, 64-bit numbers as
/// text (or as numbers), enumerations as numbers, unknown names ignored.
final class JsonMessage implements Message {
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(60)
                                                    .maxNumberLength(100)
                                                    .maxNameLength(1_000)
                                                    .maxStringLength(1 << 22)
                                                    .build())
                                    .build())
                    .build();

    private final JsonNode node;

    private JsonMessage(JsonNode node) {
        this.node = node;
    }

    static JsonMessage of(byte[] json) {
        try {
            return of(MAPPER.readTree(json));
        } catch (JacksonException malformed) {
            throw new MalformedException(
                    "this is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static JsonMessage of(JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedException("an object is expected where there is another value");
        }
        return new JsonMessage(node);
    }

    private JsonNode at(Field field) {
        return node.path(field.name());
    }

    @Override
    public boolean has(Field field) {
        return node.has(field.name()) && !at(field).isNull();
    }

    @Override
    public List<Message> messages(Field field) {
        if (!has(field)) {
            return List.of();
        }
        JsonNode value = at(field);
        if (!value.isArray()) {
            return List.of(of(value));
        }
        List<Message> messages = new ArrayList<>(value.size());
        value.forEach(each -> messages.add(of(each)));
        return messages;
    }

    @Override
    public String text(Field field) {
        if (!has(field)) {
            return "";
        }
        if (!at(field).isString()) {
            throw new MalformedException("%s is no text".formatted(field.name()));
        }
        return at(field).stringValue();
    }

    @Override
    public long number(Field field) {
        if (!has(field)) {
            return 0;
        }
        JsonNode value = at(field);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        try {
            // Numbers of 64 bits without a sign, too
            BigInteger number = new BigInteger(text);
            if (number.bitLength() <= Long.SIZE) {
                return number.longValue();
            }
        } catch (NumberFormatException malformed) {
            // Said below
        }
        throw new MalformedException("%s is no whole number".formatted(field.name()));
    }

    @Override
    public double decimal(Field field) {
        JsonNode value = at(field);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        try {
            // NaN and Infinity come as text
            return Double.parseDouble(value.isString() ? value.stringValue() : value.toString());
        } catch (NumberFormatException malformed) {
            throw new MalformedException("%s is no number".formatted(field.name()), malformed);
        }
    }

    @Override
    public boolean flag(Field field) {
        return at(field).isBoolean() ? at(field).booleanValue() : number(field) != 0;
    }

    @Override
    public String bytes(Field field) {
        return text(field);
    }

    @Override
    public String id(Field field) {
        return text(field).toLowerCase(Locale.ROOT);
    }
}
