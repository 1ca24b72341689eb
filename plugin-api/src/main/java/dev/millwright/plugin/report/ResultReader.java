package dev.millwright.plugin.report;

import dev.millwright.model.AttemptId;
import dev.millwright.plugin.Stability;
import java.util.List;

/// Reads the results inside the attempts of one run, page by page. Usable from any thread while the
/// call lasts to which it was given; after it, every method throws [IllegalStateException].
///
/// ```java
/// List<ResultReport> page = results.after(attempt.id(), "", 500);
/// ```
@Stability(Stability.Level.EVOLVING)
@FunctionalInterface
public interface ResultReader {
    /// There are none.
    ResultReader NONE = (_, _, _) -> List.of();

    /// Results of an attempt of the run in order of time; none behind the last one.
    ///
    /// @param spanId of the last result that is known; empty for the first page
    /// @param limit 1 to 1,000
    List<ResultReport> after(AttemptId attempt, String spanId, int limit);
}
