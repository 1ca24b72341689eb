package dev.millwright.server.web.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path with `{name}` for one segment and at most one `{name...}` for one or more.
record PathPattern(List<String> parts) {
    PathPattern {
        parts = List.copyOf(parts);
    }

    static PathPattern of(String pattern) {
        return new PathPattern(List.of(pattern.substring(1).split("/", -1)));
    }

    /// The variables of a path that fits.
    Optional<Map<String, String>> match(List<String> segments) {
        Map<String, String> variables = new LinkedHashMap<>();
        int longer = segments.size() - parts.size();
        int at = 0;
        for (String part : parts) {
            if (at >= segments.size()) {
                return Optional.empty();
            }
            if (isMany(part)) {
                if (longer < 0) {
                    return Optional.empty();
                }
                variables.put(
                        part.substring(1, part.length() - 4),
                        String.join("/", segments.subList(at, at + longer + 1)));
                at += longer + 1;
            } else if (isVariable(part)) {
                if (segments.get(at).isEmpty()) {
                    return Optional.empty();
                }
                variables.put(part.substring(1, part.length() - 1), segments.get(at++));
            } else if (!part.equals(segments.get(at++))) {
                return Optional.empty();
            }
        }
        return at == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    /// How many parts are fixed words: of two patterns that fit, the one with more of them counts.
    int fixed() {
        return (int) parts.stream().filter(part -> !isVariable(part)).count();
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{");
    }

    private static boolean isMany(String part) {
        return part.startsWith("{") && part.endsWith("...}");
    }

    /// The segments of a decoded or raw path, each as it stands between slashes.
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        for (int i = 1; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                segments.add(path.substring(start, i));
                start = i + 1;
            }
        }
        return segments;
    }
}
