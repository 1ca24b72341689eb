package dev.millwright.engine.yaml;

import java.util.ArrayList;
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

    List<Problem> all() {
        return List.copyOf(found);
    }
}
