package dev.millwright.node;

import dev.millwright.model.AttemptId;
import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.plan.StepPath;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Assignments of shell scripts, each an attempt of a run of its own with the fence 7.
public final class ScriptStep {
    private ScriptStep() {}

    public static Assignment.Builder builder(String text) {
        return Assignment.builder(
                new AttemptId(UUID.randomUUID()),
                7,
                new RunId(UUID.randomUUID()),
                StepPath.ROOT,
                "process",
                new Parameters(Map.of("script", text, "shell", List.of("sh", "-e"))));
    }

    public static Assignment of(String text) {
        return builder(text).build();
    }
}
