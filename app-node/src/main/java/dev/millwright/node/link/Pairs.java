package dev.millwright.node.link;

import dev.millwright.link.v1.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Translates between maps of texts and their entries in messages of the link, for both ends. Pure;
/// any thread.
public final class Pairs {
    private Pairs() {}

    public static List<Pair> of(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> pair(entry.getKey(), entry.getValue()))
                .toList();
    }

    static Pair pair(String key, String value) {
        return Pair.newBuilder().setKey(key).setValue(value).build();
    }

    /// In the order in which they came; of those with the same key the last one counts.
    public static Map<String, String> map(List<Pair> pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        pairs.forEach(pair -> map.put(pair.getKey(), pair.getValue()));
        return map;
    }
}
