package dev.millwright.node.process;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.node.Assignment;
import dev.millwright.plugin.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Asks a step that an earlier life of the node started which secrets it was given: no file has
/// them, its own environment does, and its store may say something else by now. Only where there is
/// a `/proc`.
public final class GivenSecrets {
    private GivenSecrets() {}

    /// By their references; empty when the step has ended, or is no process.
    ///
    /// @param home the runner's folder
    public static Map<String, Secret> of(Path home, Assignment step) {
        // What another runner keeps there under the same name is its own
        if (!step.runner().equals(ProcessRunner.KIND)
                || !(PidFile.read(home) instanceof PidFile.Content.Began(long pid, _))) {
            return Map.of();
        }
        // A number that is used again belongs to somebody else
        Map<String, String> variables = new ProcessTree(step.attempt(), pid, null).variables(pid);
        Map<String, Secret> given = new HashMap<>();
        step.environment()
                .forEach((name, written) -> {
                    String value = variables.getOrDefault(name, "");
                    if (SecretSource.OF_STORE.matcher(written).matches() && !value.isEmpty()) {
                        given.put(written, Secret.of(value));
                    }
                });
        return given;
    }
}
