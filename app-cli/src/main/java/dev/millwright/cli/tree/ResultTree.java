package dev.millwright.cli.tree;

import dev.millwright.api.run.ResultView;
import dev.millwright.api.run.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A result inside a step with the results inside it, made from the flat list that servers send.
record ResultTree(ResultView result, List<ResultTree> children) {
    /// Programs may send what they like; deeper ones stand side by side.
    private static final int DEEPEST = 50;

    /// What stands directly in the step: also results around which nothing came.
    static List<ResultTree> of(List<ResultView> results) {
        Map<String, ResultView> known = new LinkedHashMap<>();
        results.forEach(result -> known.put(result.spanId(), result));
        Map<String, List<ResultView>> inside = new HashMap<>();
        List<ResultView> first = new ArrayList<>();
        for (ResultView result : results) {
            if (known.containsKey(result.parentSpanId())) {
                inside.computeIfAbsent(result.parentSpanId(), _ -> new ArrayList<>()).add(result);
            } else {
                first.add(result);
            }
        }
        Set<String> drawn = new HashSet<>();
        List<ResultTree> trees = new ArrayList<>(trees(first, inside, drawn, 0));
        // Results that are in each other, or too deep
        for (ResultView result : results) {
            if (!drawn.contains(result.spanId())) {
                trees.addAll(trees(List.of(result), inside, drawn, 0));
            }
        }
        return trees;
    }

    private static List<ResultTree> trees(
            List<ResultView> siblings,
            Map<String, List<ResultView>> inside,
            Set<String> drawn,
            int depth) {
        List<ResultTree> trees = new ArrayList<>();
        for (ResultView each : siblings) {
            if (depth < DEEPEST && drawn.add(each.spanId())) {
                trees.add(
                        new ResultTree(
                                each,
                                trees(
                                        inside.getOrDefault(each.spanId(), List.of()),
                                        inside,
                                        drawn,
                                        depth + 1)));
            }
        }
        return trees;
    }

    Status status() {
        return result.status().equals("error") ? Status.FAILURE : Status.SUCCESS;
    }

    /// What is written by strangers must not steer the terminal.
    String note() {
        return status() == Status.FAILURE
                ? result.message().lines().findFirst().orElse("error").replaceAll("\\p{Cntrl}", " ")
                : "";
    }
}
