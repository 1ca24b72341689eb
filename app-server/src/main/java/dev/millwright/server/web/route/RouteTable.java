package dev.millwright.server.web.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// All routes of a server. Immutable.
public final class RouteTable {
    private record Line(PathPattern pattern, Route route) {}

    /// What a path and a method lead to.
    sealed interface Found {
        record One(Route route, Map<String, String> variables) implements Found {}

        /// The path is known, with other methods.
        record OtherMethods(Set<String> allowed) implements Found {}

        record None() implements Found {}
    }

    private final List<Line> lines;

    private RouteTable(List<Line> lines) {
        this.lines = lines;
    }

    public static RouteTable of(List<Route> routes) {
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.method() + " " + route.pattern())) {
                throw new IllegalArgumentException("route listed twice: " + route.pattern());
            }
        }
        List<Line> lines = new ArrayList<>();
        routes.forEach(route -> lines.add(new Line(PathPattern.of(route.pattern()), route)));
        lines.sort(Comparator.comparingInt((Line line) -> line.pattern().fixed()).reversed());
        return new RouteTable(List.copyOf(lines));
    }

    public List<Route> routes() {
        return lines.stream().map(Line::route).toList();
    }

    /// @param rawPath as it came, still encoded
    Found find(String method, String rawPath) {
        List<String> segments =
                PathPattern.segments(rawPath).stream().map(RouteTable::decode).toList();
        String wanted = method.equals("HEAD") ? "GET" : method;
        Set<String> others = new TreeSet<>();
        for (Line line : lines) {
            var variables = line.pattern().match(segments);
            if (variables.isEmpty()) {
                continue;
            }
            if (line.route().method().equals(wanted)) {
                return new Found.One(line.route(), variables.get());
            }
            others.add(line.route().method());
        }
        if (others.contains("GET")) {
            others.add("HEAD");
        }
        return others.isEmpty() ? new Found.None() : new Found.OtherMethods(others);
    }

    private static String decode(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ProblemException.of(
                    ProblemType.INVALID_REQUEST, "the path is not encoded correctly");
        }
    }
}
