package dev.millwright.server.log;

import dev.millwright.model.log.LogLine;
import java.util.List;

/// What a search found, and where to go on searching.
///
/// @param lines the lines that match
/// @param nextLine the first line that was not looked at
/// @param totalLines how many lines are stored in all
public record LogMatches(List<LogLine> lines, long nextLine, long totalLines) {
    public LogMatches {
        lines = List.copyOf(lines);
    }

    public boolean hasMore() {
        return nextLine < totalLines;
    }
}
