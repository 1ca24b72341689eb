package dev.millwright.server.web.route;

import dev.millwright.api.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks a request's parameters against the route, all of them at once.
final class Parameters {
    private Parameters() {}

    static void check(Route route, Map<String, String> path, Map<String, List<String>> query) {
        List<Problem.Violation> errors = new ArrayList<>();
        for (Parameter parameter : route.parameters()) {
            switch (parameter.place()) {
                case PATH -> check(parameter, path.getOrDefault(parameter.name(), ""), errors);
                case QUERY -> {
                    List<String> values = query.getOrDefault(parameter.name(), List.of());
                    if (values.size() > 1) {
                        errors.add(violation(parameter.name(), "is given more than once"));
                    }
                    values.forEach(value -> check(parameter, value, errors));
                }
                case HEADER -> {
                    // Headers are read by who needs them.
                }
            }
        }
        if (!route.openParameters()) {
            query.keySet().stream()
                    .filter(name -> !isKnown(route, name))
                    .forEach(name -> errors.add(violation(name, unknown(route))));
        }
        if (!errors.isEmpty()) {
            Problem.Violation first = errors.getFirst();
            throw ProblemException.of(
                    ProblemType.INVALID_REQUEST,
                    "parameter '%s' %s".formatted(first.pointer(), first.message()),
                    errors);
        }
    }

    private static void check(Parameter parameter, String value, List<Problem.Violation> errors) {
        parameter
                .fault(value)
                .ifPresent(message -> errors.add(violation(parameter.name(), message)));
    }

    private static boolean isKnown(Route route, String name) {
        return route.parameters().stream()
                .anyMatch(p -> p.place() == Parameter.Place.QUERY && p.name().equals(name));
    }

    private static String unknown(Route route) {
        String known =
                route.parameters().stream()
                        .filter(p -> p.place() == Parameter.Place.QUERY)
                        .map(Parameter::name)
                        .collect(Collectors.joining(", "));
        return known.isEmpty()
                ? "is unknown; this address takes none"
                : "is unknown; known are " + known;
    }

    private static Problem.Violation violation(String name, String message) {
        return new Problem.Violation(name, message, null, null);
    }
}
