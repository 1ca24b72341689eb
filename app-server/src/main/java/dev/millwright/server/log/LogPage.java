package dev.millwright.server.log;

import dev.millwright.model.log.LogLine;
import java.util.List;

/// A piece of a log, and where it goes on.
///
/// @param lines lines in the order in which they arrived
/// @param nextLine the number to ask for next
/// @param totalLines how many lines are stored in all
public record LogPage(List<LogLine> lines, long nextLine, long totalLines) {
    public LogPage {
        lines = List.copyOf(lines);
    }

    public boolean hasMore() {
        return nextLine < totalLines;
    }
}
