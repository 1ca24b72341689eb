package dev.millwright.engine.expression;

import java.util.List;
import java.util.Map;

/// What conditions can look at.
///
/// @param steps by name: `outcome` and `outputs` of the steps that have ended
public record Facts(
        String event,
        String branch,
        String tag,
        String commit,
        List<String> changed,
        Map<String, String> inputs,
        Map<String, String> matrix,
        Map<String, String> environment,
        Map<String, Object> steps) {
    public Facts {
        changed = List.copyOf(changed);
        inputs = Map.copyOf(inputs);
        matrix = Map.copyOf(matrix);
        environment = Map.copyOf(environment);
        steps = Map.copyOf(steps);
    }

    Map<String, Object> variables() {
        return Map.of(
                "event", event,
                "branch", branch,
                "tag", tag,
                "commit", commit,
                "changed", changed,
                "inputs", inputs,
                "matrix", matrix,
                "env", environment,
                "steps", steps);
    }
}
