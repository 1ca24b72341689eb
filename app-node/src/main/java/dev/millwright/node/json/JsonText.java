package dev.millwright.node.json;

import dev.millwright.node.NodeException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes trees of texts, numbers, booleans, nulls, lists, and maps with text keys, which
/// keep their order. Any thread.
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    /// The tree of a whole text; throws [JacksonException] when it is not JSON. Whole numbers are
    /// [Long], or [BigInteger] where they are too large; others are [Double].
    public static @Nullable Object read(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "something follows behind the end");
            }
            return value;
        }
    }

    /// As [#read], of a text that holds an object; throws [NodeException] when it holds another
    /// value.
    public static JsonObject object(String text) {
        return JsonObject.of(read(text));
    }

    /// The same of a list of objects.
    public static List<JsonObject> objects(String text) {
        if (read(text) instanceof List<?> list) {
            return list.stream().map(JsonObject::of).toList();
        }
        throw new NodeException("it is no list");
    }

    private static @Nullable Object value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> map(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? (Object) parser.getBigIntegerValue()
                            : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case null, default -> throw new StreamReadException(parser, "a value is missing");
        };
    }

    private static Map<String, @Nullable Object> map(JsonParser parser) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<@Nullable Object> list(JsonParser parser) {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /// The text of a tree; throws [IllegalArgumentException] when something else is in it.
    public static String write(@Nullable Object tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, tree);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, one) -> {
                    generator.writeName(String.valueOf(name));
                    write(generator, one);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                list.forEach(one -> write(generator, one));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Boolean flag -> generator.writeBoolean(flag);
            case BigInteger number -> generator.writeNumber(number);
            case BigDecimal number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Float number -> generator.writeNumber(number);
            case Number number -> generator.writeNumber(number.longValue());
            default ->
                    throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
        }
    }
}
