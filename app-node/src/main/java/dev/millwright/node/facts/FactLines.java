package dev.millwright.node.facts;

import dev.millwright.node.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/// What one fact script printed: lines of `key=value` (blank ones and those that begin with `#` do
/// not count), or one JSON object of texts.
///
/// @param problems each with the script and the line
record FactLines(Map<String, String> facts, List<String> problems) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,62}");
    private static final int LONGEST = 1_000;

    static final FactLines EMPTY = new FactLines(Map.of(), List.of());

    FactLines {
        facts = Map.copyOf(facts);
        problems = List.copyOf(problems);
    }

    static FactLines problem(String text) {
        return new FactLines(Map.of(), List.of(text));
    }

    static FactLines parse(String script, String text) {
        return text.stripLeading().startsWith("{") ? json(script, text) : lines(script, text);
    }

    private static FactLines lines(String script, String text) {
        Map<String, String> facts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                problems.add("%s, line %d: '%s' is not key=value".formatted(script, number, line));
            } else {
                String place = "%s, line %d".formatted(script, number);
                take(
                        facts,
                        problems,
                        place,
                        line.substring(0, equals).strip(),
                        line.substring(equals + 1).strip());
            }
        }
        return new FactLines(facts, problems);
    }

    private static FactLines json(String script, String text) {
        Map<String, String> facts = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        try {
            JsonText.object(text)
                    .parts()
                    .forEach((name, value) -> {
                        if (value instanceof String fact) {
                            take(facts, problems, script, name, fact);
                        } else {
                            problems.add("%s: '%s' is not a text".formatted(script, name));
                        }
                    });
        } catch (JacksonException malformed) {
            int line = malformed.getLocation() == null ? 1 : malformed.getLocation().getLineNr();
            problems.add(
                    "%s, line %d: not JSON: %s"
                            .formatted(script, line, malformed.getOriginalMessage()));
        }
        return new FactLines(facts, problems);
    }

    private static void take(
            Map<String, String> facts,
            List<String> problems,
            String place,
            String name,
            String value) {
        if (!NAME.matcher(name).matches()) {
            problems.add("%s: '%s' cannot be the name of a fact".formatted(place, name));
        } else if (value.length() > LONGEST) {
            problems.add("%s: '%s' is longer than %d characters".formatted(place, name, LONGEST));
        } else {
            facts.put(name, value);
        }
    }
}
