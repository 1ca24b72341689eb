package dev.millwright.server.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Chooses by labels, with the grammar of Kubernetes: `env=prod, tier in (web,db), !legacy`. All
/// requirements have to hold. Immutable.
public record LabelSelector(List<Requirement> requirements) {
    /// Chooses everything.
    public static final LabelSelector ALL = new LabelSelector(List.of());

    private static final String KEY =
            "((?:[A-Za-z0-9](?:[-A-Za-z0-9.]*[A-Za-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)";
    private static final String VALUE = "((?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?)";
    private static final Pattern EQUALITY = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*" + VALUE);
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern ONE_VALUE = Pattern.compile(VALUE);

    /// One condition on one label.
    public sealed interface Requirement {
        record Exists(String key) implements Requirement {}

        record Absent(String key) implements Requirement {}

        record In(String key, List<String> values) implements Requirement {}

        /// Also holds when the label is missing, as in Kubernetes.
        record NotIn(String key, List<String> values) implements Requirement {}

        private boolean holds(Map<String, String> labels) {
            return switch (this) {
                case Exists(String key) -> labels.containsKey(key);
                case Absent(String key) -> !labels.containsKey(key);
                case In(String key, List<String> values) ->
                        labels.containsKey(key) && values.contains(labels.get(key));
                case NotIn(String key, List<String> values) ->
                        !labels.containsKey(key) || !values.contains(labels.get(key));
            };
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /// Read a selector; empty text chooses everything. Throws [ResourceException] saying what is
    /// wrong.
    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return ALL;
        }
        return new LabelSelector(
                split(text).stream().map(part -> requirement(part.strip(), text)).toList());
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    /// Commas inside parentheses do not part requirements.
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(text.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Requirement requirement(String part, String whole) {
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            List<String> value = List.of(equality.group(3));
            return equality.group(2).equals("!=")
                    ? new Requirement.NotIn(equality.group(1), value)
                    : new Requirement.In(equality.group(1), value);
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            List<String> values = values(set.group(3), part, whole);
            return set.group(2).equals("in")
                    ? new Requirement.In(set.group(1), values)
                    : new Requirement.NotIn(set.group(1), values);
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return exists.group(1).isEmpty()
                    ? new Requirement.Exists(exists.group(2))
                    : new Requirement.Absent(exists.group(2));
        }
        throw wrong(part, whole);
    }

    private static List<String> values(String text, String part, String whole) {
        List<String> values = new ArrayList<>();
        for (String value : text.split(",", -1)) {
            if (!ONE_VALUE.matcher(value.strip()).matches()) {
                throw wrong(part, whole);
            }
            values.add(value.strip());
        }
        return values;
    }

    private static ResourceException wrong(String part, String whole) {
        return new ResourceException(
                "label selector '%s': cannot read '%s'; write such as 'env=prod', 'env!=prod', 'env in (a,b)', 'env notin (a,b)', 'env', '!env', joined by commas"
                        .formatted(whole, part));
    }
}
