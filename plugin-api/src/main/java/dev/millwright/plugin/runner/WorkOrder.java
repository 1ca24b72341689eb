package dev.millwright.plugin.runner;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.plugin.Stability;
import java.nio.file.Path;
import java.util.Map;

/// All that a runner needs to know about one attempt. Immutable and rebuilt from the journal after
/// a restart.
///
/// @param attempt also the cookie that all processes carry in `MILLWRIGHT_ATTEMPT`
/// @param home folder of the attempt that belongs to the runner alone; empty at the first start
/// @param workspace root of the run's workspace
/// @param directory working directory, inside the workspace
/// @param environment the whole environment of the work; nothing else may leak in
/// @param parameters what the plan says for this kind of runner
@Stability(Stability.Level.STABLE)
public record WorkOrder(
        AttemptId attempt,
        Path home,
        Path workspace,
        Path directory,
        Map<String, String> environment,
        Parameters parameters) {
    public WorkOrder {
        environment = Map.copyOf(environment);
    }

    /// Where standard output is appended.
    public Path outFile() {
        return home.resolve("out");
    }

    /// Where standard error is appended.
    public Path errFile() {
        return home.resolve("err");
    }
}
