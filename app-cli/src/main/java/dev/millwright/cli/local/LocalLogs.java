package dev.millwright.cli.local;

import dev.millwright.cli.tree.FailureReport;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogChunkReader;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.StepPath;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the last lines of each step, for the report at the end. One thread.
final class LocalLogs {
    private record Shown(int attempt, int nextChunk, Deque<String> tail) {}

    private final Map<StepPath, Shown> steps = new HashMap<>();

    /// Take a chunk; gives its lines, none when the chunk came before.
    List<String> take(StepPath step, int attempt, LogChunk chunk) {
        Shown shown = steps.get(step);
        if (shown == null || shown.attempt() != attempt) {
            shown = new Shown(attempt, 0, new ArrayDeque<>());
        }
        if (chunk.sequence() < shown.nextChunk()) {
            return List.of();
        }
        List<String> lines = LogChunkReader.lines(chunk).stream().map(LogLine::text).toList();
        for (String line : lines) {
            shown.tail().addLast(line);
            if (shown.tail().size() > FailureReport.LINES) {
                shown.tail().removeFirst();
            }
        }
        steps.put(step, new Shown(attempt, chunk.sequence() + 1, shown.tail()));
        return lines;
    }

    List<String> tail(StepPath step) {
        Shown shown = steps.get(step);
        return shown == null ? List.of() : List.copyOf(shown.tail());
    }
}
