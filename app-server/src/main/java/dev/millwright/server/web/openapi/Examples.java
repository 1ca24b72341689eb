package dev.millwright.server.web.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plausible values for schemas, by the names of their properties.
final class Examples {
    private static final int DEPTH = 5;
    private static final Map<String, Object> BY_NAME =
            Map.ofEntries(
                    Map.entry("namespace", "default"),
                    Map.entry("pipeline", "web"),
                    Map.entry("event", "push"),
                    Map.entry("branch", "main"),
                    Map.entry("tag", ""),
                    Map.entry("commit", "9fceb02d0ae598e95dc970b74767f19372d61af8"),
                    Map.entry("commitMessage", "Fix the pump"),
                    Map.entry("author", "Ada"),
                    Map.entry("cause", "exit"),
                    Map.entry("message", ""),
                    Map.entry("traceId", "4bf92f3577b34da6a3ce929d0e0e4736"),
                    Map.entry("location", "/api/v1/runs/0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0"),
                    Map.entry("kind", "run"),
                    Map.entry("runner", "process"),
                    Map.entry("severity", "info"),
                    Map.entry("text", "BUILD SUCCESS"),
                    Map.entry("nextCursor", "MDE5OWMwZGU"),
                    Map.entry("apiVersion", "v1alpha"),
                    Map.entry("version", "0.1.0"),
                    Map.entry("type", "run.finished"),
                    Map.entry("subject", "default/web#7"),
                    Map.entry("url", "https://git.example.org/web.git"),
                    Map.entry("base64", "/w=="),
                    Map.entry("bodyBase64", "/w=="));

    private final Map<String, Object> components;

    Examples(Map<String, Object> components) {
        this.components = components;
    }

    Object of(Map<?, ?> schema) {
        return of("value", schema, 0);
    }

    private Object of(String name, Map<?, ?> schema, int depth) {
        if (schema.get("$ref") instanceof String reference) {
            String target = reference.substring(reference.lastIndexOf('/') + 1);
            return of(name, (Map<?, ?>) components.getOrDefault(target, Map.of()), depth);
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "object" -> object(schema, depth);
            case "array" -> depth > DEPTH ? List.of() : List.of(of(name, items(schema), depth + 1));
            case "string" -> text(name, schema);
            case "boolean" -> true;
            case "integer" -> 1;
            case "number" -> 50.0;
            default -> "text";
        };
    }

    private Object object(Map<?, ?> schema, int depth) {
        Map<String, Object> example = new LinkedHashMap<>();
        if (schema.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) ->
                    example.put((String) name, of((String) name, (Map<?, ?>) property, depth + 1)));
        } else {
            example.put("name", "value");
        }
        return example;
    }

    private static Map<?, ?> items(Map<?, ?> schema) {
        return schema.get("items") instanceof Map<?, ?> items ? items : Map.of();
    }

    private static Object text(String name, Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> words) {
            return words.getLast();
        }
        if ("uuid".equals(schema.get("format"))) {
            return "0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0";
        }
        if ("date-time".equals(schema.get("format"))) {
            return "2026-01-31T12:00:00Z";
        }
        return schema.containsKey("pattern") ? "0/2/1" : BY_NAME.getOrDefault(name, "web");
    }
}
