package dev.millwright.api.run;

import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.List;

/// Lines of one attempt's log.
///
/// @param attempt number of the try; 0 when the step has not begun
/// @param totalLines lines of the attempt so far
/// @param next number of the first line after this page
/// @param complete whether the attempt has ended, so that no line will follow `totalLines`
public record LogPage(
        RunId run,
        StepPath step,
        int attempt,
        long totalLines,
        long next,
        boolean complete,
        List<LogLineView> lines) {
    public LogPage {
        lines = List.copyOf(lines);
    }
}
