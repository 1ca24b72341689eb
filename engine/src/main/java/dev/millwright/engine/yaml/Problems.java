package dev.millwright.engine.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects what is wrong with a file and the files it includes. Used by one thread.
final class Problems {
    private static final int MOST = 100;

    /// An anchor that is used often would repeat its problem.
    private final Set<Problem> found = new LinkedHashSet<>();

    private final Map<String, String[]> lines = new HashMap<>();

    /// The text of a file that is going to be read.
    void source(String file, String text) {
        lines.put(file, text.split("\\R", -1));
    }

    void add(Mark mark, String offending, String message, String suggestion) {
        if (!isFull()) {
            found.add(new Problem(mark, offending, message, suggestion, source(mark)));
        }
    }

    void add(Tree at, String message, String suggestion) {
        add(at.mark(), at.shown(), message, suggestion);
    }

    private String source(Mark mark) {
        String[] text = lines.getOrDefault(mark.file(), new String[0]);
        return mark.line() > 0 && mark.line() <= text.length ? text[mark.line() - 1] : "";
    }

    /// Whether nobody would hear of one more.
    boolean isFull() {
        return found.size() >= MOST;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// File by file in the order in which they were opened, from top to bottom.
    List<Problem> all() {
        List<String> files =
                new ArrayList<>(found.stream().map(p -> p.mark().file()).distinct().toList());
        return found.stream()
                .sorted(
                        Comparator.comparingInt((Problem p) -> order(files, p.mark()))
                                .thenComparingInt(p -> p.mark().line())
                                .thenComparingInt(p -> p.mark().column()))
                .toList();
    }

    /// Pointers into a resource all count as one file, in the order in which they were found.
    private static int order(List<String> files, Mark mark) {
        return mark.line() == 0 ? 0 : files.indexOf(mark.file());
    }
}
