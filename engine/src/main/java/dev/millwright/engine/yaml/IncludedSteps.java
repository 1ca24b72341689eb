package dev.millwright.engine.yaml;

import dev.millwright.engine.schema.Forms;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Opens included files: inside the repository, not too deep, and never themselves. One thread.
final class IncludedSteps {
    private static final int DEEPEST = 10;

    /// Files in all; one that is included twice counts twice.
    private static final int MOST = 200;

    private final Includes includes;
    private final Problems problems;
    private final Deque<String> open = new ArrayDeque<>();
    private int opened;

    IncludedSteps(Includes includes, Problems problems) {
        this.includes = includes;
        this.problems = problems;
    }

    /// The list of steps in the file. Whoever gets one calls [#close] when it is read.
    Optional<Tree> open(Tree.Scalar at) {
        String path = at.text();
        if (path.startsWith("/") || List.of(path.split("/")).contains("..") || path.isBlank()) {
            // The table of keys has told of it
            return Optional.empty();
        }
        String clean = path.replaceAll("/+(\\./+)*", "/").replaceFirst("^(\\./)+", "");
        if (open.contains(clean)) {
            return refuse(at, "'%s' includes itself%s".formatted(path, chain(clean)), "");
        }
        if (open.size() >= DEEPEST) {
            return refuse(at, "more than %d files include one another".formatted(DEEPEST), "");
        }
        opened++;
        if (opened > MOST) {
            return refuse(at, "more than %d files are included".formatted(MOST), "");
        }
        Optional<String> text = includes.text(clean);
        if (text.isEmpty()) {
            return refuse(
                    at,
                    "there is no file '%s' to include".formatted(path),
                    "paths start at the repository's root");
        }
        return steps(clean, text.get());
    }

    /// How one comes from the file back to it; nothing when it names itself.
    private String chain(String again) {
        List<String> files = new ArrayList<>(open.reversed());
        List<String> round = files.subList(files.indexOf(again), files.size());
        return round.size() == 1 ? "" : ": " + String.join(" -> ", round) + " -> " + again;
    }

    private Optional<Tree> steps(String path, String text) {
        List<Tree> trees = TreeReader.read(path, text, problems);
        if (trees.size() != 1) {
            boolean told = trees.isEmpty() && !problems.isEmpty();
            if (!told) {
                problems.add(
                        new Mark(path, 1, 1),
                        "",
                        trees.isEmpty() ? "the file is empty" : "the file holds several documents",
                        "write a list of steps");
            }
            return Optional.empty();
        }
        open.push(path);
        if (trees.getFirst() instanceof Tree.Fields map) {
            new Checker(problems).check(map, Forms.INCLUDED);
            return Optional.of(
                    new FieldReader(map)
                            .tree("steps")
                            .orElse(new Tree.Items(map.mark(), List.of())));
        }
        StepReader.check(trees.getFirst(), problems);
        return Optional.of(trees.getFirst());
    }

    void close() {
        open.pop();
    }

    private Optional<Tree> refuse(Tree at, String message, String suggestion) {
        problems.add(at, message, suggestion);
        return Optional.empty();
    }
}
