package dev.millwright.plugin.export;

import dev.millwright.model.plan.StepPath;
import dev.millwright.plugin.Stability;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.ResultReader;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing to tell. Immutable, but for the logs, which are read while the call lasts.
///
/// ```java
/// if (export.cursor().isEmpty()) { sendSpans(export.run()); }
/// ```
///
/// @param id the same for each try of the same export, so that a receiver can drop repetitions
/// @param stepOrNull the step that is finished, for [Occasion#STEP_FINISHED]
/// @param run as it stands when the call is made, which may be later than the occasion
/// @param logs of the run
/// @param results inside the steps of the run, which their programs sent
/// @param cursor what the last call gave with [dev.millwright.plugin.Sent.Partly]; empty at first
/// @param tries how often this call was tried before and failed
@Stability(Stability.Level.EVOLVING)
public record Export(
        String id,
        Occasion occasion,
        @Nullable StepPath stepOrNull,
        RunReport run,
        LogReader logs,
        ResultReader results,
        String cursor,
        int tries) {
    /// Without results inside steps.
    public Export(
            String id,
            Occasion occasion,
            @Nullable StepPath stepOrNull,
            RunReport run,
            LogReader logs,
            String cursor,
            int tries) {
        this(id, occasion, stepOrNull, run, logs, ResultReader.NONE, cursor, tries);
    }

    /// The step that is finished, for [Occasion#STEP_FINISHED].
    public Optional<StepReport> step() {
        return run.steps().stream().filter(step -> step.path().equals(stepOrNull)).findFirst();
    }
}
