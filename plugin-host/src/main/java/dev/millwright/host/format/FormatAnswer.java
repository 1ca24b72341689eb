package dev.millwright.host.format;

import dev.millwright.engine.yaml.Mark;
import dev.millwright.engine.yaml.Problem;
import dev.millwright.engine.yaml.ReadResult;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.format.FormatResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Makes something reasonable of what a format answered, whatever it is. Used by one thread.
final class FormatAnswer {
    private static final int DEEPEST = 50;
    private static final int MOST_VALUES = 100_000;
    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final int MOST_TOLD = 100;
    private static final int LONGEST_MESSAGE = 500;

    private int values;
    private long characters;

    private FormatAnswer() {}

    /// Why no pipeline can be made of the values; empty when one can.
    static Optional<String> problem(Parameters pipeline) {
        return new FormatAnswer().excess(pipeline.values(), 0);
    }

    /// Stops at the first value too many: what comes behind is not looked at.
    private Optional<String> excess(Object value, int depth) {
        values++;
        if (depth > DEEPEST) {
            return Optional.of("its answer nests deeper than %d levels".formatted(DEEPEST));
        }
        if (values > MOST_VALUES) {
            return Optional.of("its answer holds more than %,d values".formatted(MOST_VALUES));
        }
        switch (value) {
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    characters += String.valueOf(entry.getKey()).length();
                    Optional<String> inside = excess(entry.getValue(), depth + 1);
                    if (inside.isPresent()) {
                        return inside;
                    }
                }
            }
            case List<?> list -> {
                for (Object element : list) {
                    Optional<String> inside = excess(element, depth + 1);
                    if (inside.isPresent()) {
                        return inside;
                    }
                }
            }
            case String text -> characters += text.length();
            default -> {
                // A class of the plugin would be called outside of every guard later on
                if (value.getClass().getClassLoader() != null) {
                    return Optional.of("its answer holds a " + value.getClass().getName());
                }
            }
        }
        return characters > LONGEST_TEXT
                ? Optional.of("its answer holds more than %,d characters".formatted(LONGEST_TEXT))
                : Optional.empty();
    }

    /// The faults as problems of the file; at least one.
    static ReadResult.Invalid invalid(String file, String text, List<FormatResult.Fault> faults) {
        List<String> lines = List.of(text.split("\\R", -1));
        List<Problem> problems =
                faults.stream()
                        .limit(MOST_TOLD)
                        .map(fault ->
                                new Problem(
                                        mark(file, fault.line(), fault.column()),
                                        "",
                                        message(fault.message()),
                                        "",
                                        line(lines, fault.line())))
                        .toList();
        return new ReadResult.Invalid(
                problems.isEmpty()
                        ? List.of(
                                new Problem(
                                        mark(file, 0, 0),
                                        "",
                                        "the file cannot be read, and nobody says why",
                                        ""))
                        : problems);
    }

    /// A problem without a line is one of the whole file.
    private static Mark mark(String file, int line, int column) {
        return line < 1 ? Mark.pointer(file) : new Mark(file, line, Math.max(1, column));
    }

    private static String line(List<String> lines, int line) {
        return line >= 1 && line <= lines.size() ? lines.get(line - 1) : "";
    }

    private static String message(String told) {
        String one = told.strip().replaceAll("\\s+", " ");
        return one.length() > LONGEST_MESSAGE
                ? one.substring(0, LONGEST_MESSAGE - 3) + "..."
                : one.isEmpty() ? "the file is wrong here" : one;
    }

    static List<String> warnings(List<String> told) {
        return told.stream()
                .limit(MOST_TOLD)
                .filter(Predicate.not(String::isBlank))
                .map(FormatAnswer::message)
                .toList();
    }

    static Map<String, Mark> places(String file, Map<String, FormatResult.Place> told) {
        Map<String, Mark> places = new LinkedHashMap<>();
        told.forEach(
                (pointer, place) -> places.put(pointer, mark(file, place.line(), place.column())));
        return places;
    }
}
