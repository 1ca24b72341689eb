package dev.millwright.server.resource;

import dev.millwright.model.resource.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Resources as lines of YAML, always in the same order, so that they can be compared.
final class YamlText {
    private YamlText() {}

    static List<String> of(Resource resource) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", resource.name());
        if (!resource.namespace().isEmpty()) {
            metadata.put("namespace", resource.namespace());
        }
        if (!resource.labels().isEmpty()) {
            metadata.put("labels", new TreeMap<>(resource.labels()));
        }
        if (!resource.annotations().isEmpty()) {
            metadata.put("annotations", new TreeMap<>(resource.annotations()));
        }
        Map<String, Object> top = new LinkedHashMap<>();
        top.put("apiVersion", Resource.API_VERSION);
        top.put("kind", resource.kind());
        top.put("metadata", metadata);
        top.put("spec", resource.spec().values());
        List<String> lines = new ArrayList<>();
        map("", top, lines);
        return lines;
    }

    private static void map(String indent, Map<?, ?> map, List<String> lines) {
        map.forEach((key, value) -> entry(indent + scalar(key) + ":", indent, value, lines));
    }

    private static void entry(String head, String indent, Object value, List<String> lines) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> {
                lines.add(head);
                map(indent + "  ", map, lines);
            }
            case List<?> list when !list.isEmpty() -> {
                lines.add(head);
                for (Object item : list) {
                    item(indent + "  ", item, lines);
                }
            }
            case Map<?, ?> _ -> lines.add(head + " {}");
            case List<?> _ -> lines.add(head + " []");
            case String text when text.contains("\n") -> {
                lines.add(head + " |");
                text.lines().forEach(line -> lines.add(indent + "  " + line));
            }
            default -> lines.add(head + " " + scalar(value));
        }
    }

    private static void item(String indent, Object item, List<String> lines) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            List<String> inner = new ArrayList<>();
            map(indent + "  ", map, inner);
            lines.add(indent + "- " + inner.getFirst().strip());
            lines.addAll(inner.subList(1, inner.size()));
        } else {
            entry(indent + "-", indent, item, lines);
        }
    }

    private static String scalar(Object value) {
        String text = String.valueOf(value);
        boolean plain = !(value instanceof String) || text.matches("[A-Za-z_/.][A-Za-z0-9_/. $-]*");
        return plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
