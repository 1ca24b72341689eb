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

    /// What may be right.
    private final Set<Problem> doubts = new LinkedHashSet<>();

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

    /// Tell what can be read and was perhaps meant otherwise: the file is good all the same.
    void doubt(Mark mark, String offending, String message, String suggestion) {
        if (doubts.size() < MOST) {
            doubts.add(new Problem(mark, offending, message, suggestion, source(mark)));
        }
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
        return inOrder(found);
    }

    /// What was perhaps meant otherwise, in the same order.
    List<Problem> doubts() {
        return inOrder(doubts);
    }

    private static List<Problem> inOrder(Set<Problem> told) {
        List<String> files =
                new ArrayList<>(told.stream().map(p -> p.mark().file()).distinct().toList());
        return told.stream()
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
