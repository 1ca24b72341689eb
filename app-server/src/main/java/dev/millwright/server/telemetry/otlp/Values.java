package dev.millwright.server.telemetry.otlp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Attributes as plain values (text, number, boolean, list, map), cut to a size that is worth
/// keeping. Pure.
final class Values {
    private static final int MOST = 64;
    private static final int MOST_ELEMENTS = 32;
    private static final int LONGEST_KEY = 200;
    private static final int LONGEST_TEXT = 1_000;
    private static final int DEEPEST = 4;

    private Values() {}

    /// Attributes by key; of very many, the first ones.
    static Map<String, Object> of(Message holder, Field field) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Message pair : holder.messages(field)) {
            if (all.size() == MOST) {
                break;
            }
            all.put(
                    Texts.line(pair.text(Field.KEY), LONGEST_KEY),
                    pair.message(Field.VALUE).map(value -> plain(value, 0)).orElse(""));
        }
        return all;
    }

    /// One value; containers that lie too deep become `…`.
    static Object plain(Message value, int depth) {
        if (value.has(Field.STRING_VALUE)) {
            return Texts.text(value.text(Field.STRING_VALUE), LONGEST_TEXT);
        }
        if (value.has(Field.BOOL_VALUE)) {
            return value.flag(Field.BOOL_VALUE);
        }
        if (value.has(Field.INT_VALUE)) {
            return value.number(Field.INT_VALUE);
        }
        if (value.has(Field.DOUBLE_VALUE)) {
            double number = value.decimal(Field.DOUBLE_VALUE);
            return Double.isFinite(number) ? number : Double.toString(number);
        }
        if (value.has(Field.BYTES_VALUE)) {
            return Texts.text(value.bytes(Field.BYTES_VALUE), LONGEST_TEXT);
        }
        if (depth == DEEPEST) {
            return "…";
        }
        if (value.has(Field.ARRAY_VALUE)) {
            return list(value.message(Field.ARRAY_VALUE).orElseThrow(), depth);
        }
        if (value.has(Field.MAP_VALUE)) {
            return map(value.message(Field.MAP_VALUE).orElseThrow(), depth);
        }
        return "";
    }

    private static List<Object> list(Message array, int depth) {
        List<Object> elements = new ArrayList<>();
        for (Message element : array.messages(Field.VALUES)) {
            if (elements.size() == MOST_ELEMENTS) {
                break;
            }
            elements.add(plain(element, depth + 1));
        }
        return elements;
    }

    private static Map<String, Object> map(Message pairs, int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Message pair : pairs.messages(Field.VALUES)) {
            if (map.size() == MOST_ELEMENTS) {
                break;
            }
            map.put(
                    Texts.line(pair.text(Field.KEY), LONGEST_KEY),
                    pair.message(Field.VALUE).map(value -> plain(value, depth + 1)).orElse(""));
        }
        return map;
    }
}
