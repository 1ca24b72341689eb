package dev.millwright.engine.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Services of a step as runners know them: each key by its own name, whatever its spelling in the
/// file.
final class ServiceReader {
    private static final String ENVIRONMENT = "environment";

    private ServiceReader() {}

    /// All services of a step; an empty list when it has none.
    static List<Object> plain(FieldReader step) {
        return step.trees("services").stream().map(ServiceReader::plain).toList();
    }

    /// One service, as text, number, list or map.
    static Object plain(Tree tree) {
        if (!(tree instanceof Tree.Fields service)) {
            return tree.plain();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        service.entries()
                .forEach((key, entry) ->
                        values.put(key.equals("env") ? ENVIRONMENT : key, entry.value().plain()));
        return values;
    }
}
