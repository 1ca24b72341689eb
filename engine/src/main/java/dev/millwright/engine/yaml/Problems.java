package dev.millwright.engine.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what is wrong with a file. Used by one thread.
final class Problems {
    private static final int MOST = 100;
    private final List<Problem> found = new ArrayList<>();

    void add(Mark mark, String offending, String message, String suggestion) {
        Problem problem = new Problem(mark, offending, message, suggestion);
        // An anchor that is used often would repeat its problem
        if (found.size() < MOST && !found.contains(problem)) {
            found.add(problem);
        }
    }

    void add(Tree at, String message, String suggestion) {
        add(at.mark(), at.shown(), message, suggestion);
    }

    void addAll(List<Problem> problems) {
        problems.forEach(p -> add(p.mark(), p.offending(), p.message(), p.suggestion()));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /// File by file in the order in which they were opened, from top to bottom.
    List<Problem> all() {
        List<String> files = found.stream().map(problem -> problem.mark().file()).distinct().toList();
        return found.stream()
                .sorted(
                        Comparator.comparingInt((Problem p) -> files.indexOf(p.mark().file()))
                                .thenComparingInt(p -> p.mark().line())
                                .thenComparingInt(p -> p.mark().column()))
                .toList();
    }
}
