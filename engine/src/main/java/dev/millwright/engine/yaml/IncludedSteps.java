package dev.millwright.engine.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Opens included files: inside the repository, not too deep, and never themselves. One thread.
final class IncludedSteps {
    private static final int DEEPEST = 10;

    private final Includes includes;
    private final Problems problems;
    private final Deque<String> open = new ArrayDeque<>();

    IncludedSteps(Includes includes, Problems problems) {
        this.includes = includes;
        this.problems = problems;
    }

    /// The list of steps in the file. Whoever gets one calls [#close] when it is read.
    Optional<Tree> open(String path, Mark mark) {
        if (path.startsWith("/") || List.of(path.split("/")).contains("..") || path.isBlank()) {
            return refuse(mark, path, "'%s' leaves the repository".formatted(path), "name a path below its root");
        }
        if (open.contains(path)) {
            return refuse(mark, path, "'%s' includes itself".formatted(path), "");
        }
        if (open.size() >= DEEPEST) {
            return refuse(mark, path, "more than %d files include one another".formatted(DEEPEST), "");
        }
        Optional<String> text = includes.text(path);
        if (text.isEmpty()) {
            return refuse(mark, path, "there is no file '%s' to include".formatted(path), "paths start at the repository's root");
        }
        Problems inside = new Problems();
        List<Tree> trees = TreeReader.read(path, text.get(), inside);
        problems.addAll(inside.all());
        if (trees.isEmpty()) {
            return Optional.empty();
        }
        open.push(path);
        Tree tree = trees.getFirst();
        if (tree instanceof Tree.Fields map) {
            new FieldReader(map, problems).onlyKnown(List.of("steps"));
            if (map.entries().containsKey("steps")) {
                return Optional.of(map.entries().get("steps").value());
            }
        }
        return Optional.of(tree);
    }

    void close() {
        open.pop();
    }

    private Optional<Tree> refuse(Mark mark, String path, String message, String suggestion) {
        problems.add(mark, path, message, suggestion);
        return Optional.empty();
    }
}
