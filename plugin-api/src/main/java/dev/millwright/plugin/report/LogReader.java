package dev.millwright.plugin.report;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogLine;
import dev.millwright.plugin.Stability;
import java.util.List;

/// Reads the stored logs of one run, page by page, so that a log of millions of lines needs the
/// memory of one page. Usable from any thread while the call lasts to which it was given; after it,
/// every method throws [IllegalStateException].
///
/// ```java
/// for (long next = 0; next < attempt.logLines(); next += page.size()) {
///     page = logs.lines(attempt.id(), next, 1_000);
///     send(page);
/// }
/// ```
@Stability(Stability.Level.EVOLVING)
public interface LogReader {
    /// Lines of an attempt of the run, secrets masked. Fewer than asked for at the end, and none
    /// behind it or once retention took the log.
    ///
    /// @param from number of the first line, from 0
    /// @param limit 1 to 1,000
    List<LogLine> lines(AttemptId attempt, long from, int limit);

    /// The last lines of an attempt, oldest first.
    ///
    /// @param limit 1 to 1,000
    default List<LogLine> last(AttemptReport attempt, int limit) {
        return lines(attempt.id(), Math.max(0, attempt.logLines() - limit), limit);
    }
}
