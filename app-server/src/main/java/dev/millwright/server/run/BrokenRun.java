package dev.millwright.server.run;

import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Ends a run that never had steps.
final class BrokenRun {
    private BrokenRun() {}

    static ActiveRun end(ActiveRun run, String why, Instant now) {
        StepState root =
                new StepState(
                        StepPhase.FINISHED,
                        Outcome.ERROR,
                        0,
                        now,
                        now,
                        null,
                        "pipeline",
                        why,
                        null,
                        Map.of(),
                        false);
        RunState state = new RunState(RunPhase.FINISHED, Outcome.ERROR, List.of(root));
        return new ActiveRun(run.record().next(state, 1, why, now, null), run.plan(), state);
    }
}
