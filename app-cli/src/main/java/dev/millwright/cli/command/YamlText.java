package dev.millwright.cli.command;

import dev.millwright.api.ApiJson;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Writes plain values as YAML. Pure.
public final class YamlText {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/][-A-Za-z0-9_./+@ ]*(:[-A-Za-z0-9_./+@]+)*");
    private static final Pattern WORDS =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|nan|inf");

    private YamlText() {}

    /// The value as block YAML, with a line end.
    public static String of(Object value) {
        StringBuilder text = new StringBuilder();
        if (isEmpty(value) || !(value instanceof Map || value instanceof List)) {
            text.append(scalar(value)).append('\n');
        } else {
            block(text, "", value);
        }
        return text.toString();
    }

    private static void block(StringBuilder text, String indent, Object value) {
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                text.append(indent).append(scalar(entry.getKey().toString())).append(':');
                child(text, indent, entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                text.append(indent).append('-');
                element(text, indent, element);
            }
        }
    }

    private static void child(StringBuilder text, String indent, Object value) {
        if (value instanceof String lines && lines.contains("\n") && isLiteral(lines)) {
            literal(text, indent + "  ", lines);
        } else if (isEmpty(value) || !(value instanceof Map || value instanceof List)) {
            text.append(' ').append(scalar(value)).append('\n');
        } else {
            text.append('\n');
            block(text, indent + "  ", value);
        }
    }

    private static void element(StringBuilder text, String indent, Object value) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            // The first key stands beside the dash.
            StringBuilder inner = new StringBuilder();
            block(inner, indent + "  ", map);
            text.append(' ').append(inner.substring(indent.length() + 2));
        } else {
            child(text, indent, value);
        }
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }

    private static boolean isLiteral(String lines) {
        return lines.chars().allMatch(c -> c == '\n' || (c >= ' ' && c != 0x7f))
                && !lines.startsWith(" ")
                && !lines.startsWith("\n")
                && !lines.endsWith("\n\n");
    }

    private static void literal(StringBuilder text, String indent, String lines) {
        text.append(lines.endsWith("\n") ? " |\n" : " |-\n");
        lines.lines()
                .forEach(line ->
                        text.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
    }

    private static String scalar(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> _ -> "{}";
            case List<?> _ -> "[]";
            case String text ->
                    PLAIN.matcher(text).matches()
                                    && !text.endsWith(" ")
                                    && !WORDS.matcher(text).matches()
                            ? text
                            : ApiJson.mapper().writeValueAsString(text);
            default -> value.toString();
        };
    }
}
