package dev.millwright.engine.plan;

import dev.millwright.engine.definition.StepDefinition;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Expands a matrix: every combination of the axes, less what is excluded, plus what is included.
/// An included map adds its further values to the cells that it agrees with, or else is a cell
/// itself.
final class MatrixCells {
    private MatrixCells() {}

    static List<Map<String, String>> of(StepDefinition.Matrix matrix) {
        List<Map<String, String>> cells = new ArrayList<>();
        if (!matrix.axes().isEmpty()) {
            cells.add(new LinkedHashMap<>());
        }
        for (Map.Entry<String, List<String>> axis : matrix.axes().entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(cell);
                    next.put(axis.getKey(), value);
                    longer.add(next);
                    if (longer.size() > Plan.MAX_STEPS) {
                        throw new MillwrightException(
                                "the matrix has more than %,d cells; shrink it"
                                        .formatted(Plan.MAX_STEPS));
                    }
                }
            }
            cells = longer;
        }
        cells.removeIf(cell -> matrix.exclude().stream().anyMatch(out -> agrees(cell, out)));
        for (Map<String, String> more : matrix.include()) {
            include(more, matrix, cells);
        }
        return cells;
    }

    private static void include(
            Map<String, String> more,
            StepDefinition.Matrix matrix,
            List<Map<String, String>> cells) {
        Map<String, String> shared =
                more.entrySet().stream()
                        .filter(value -> matrix.axes().containsKey(value.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<Map<String, String>> extended =
                cells.stream().filter(cell -> agrees(cell, shared)).toList();
        if (extended.isEmpty() || shared.size() == more.size()) {
            if (extended.isEmpty()) {
                cells.add(new LinkedHashMap<>(more));
            }
            return;
        }
        extended.forEach(cell -> cell.putAll(more));
    }

    private static boolean agrees(Map<String, String> cell, Map<String, String> part) {
        return part.entrySet().stream()
                .allMatch(value -> value.getValue().equals(cell.get(value.getKey())));
    }
}
