package dev.millwright.docker;

import dev.millwright.model.Parameters;
import dev.millwright.plugin.runner.RunnerException;
import java.util.List;
import java.util.Map;

/// Sees to it that a step brings its own credentials and sends none of the machine's to a registry
/// of its choice. Pure.
final class StepCredentials {
    private StepCredentials() {}

    /// Throws [RunnerException] for a password that is no secret of a store.
    static void check(Parameters written) {
        Object registries = written.values().get("registries");
        List<?> all = registries instanceof List<?> list ? list : List.of();
        boolean foreign =
                registries instanceof Map<?, ?> one
                        ? isOfMachine(one)
                        : all.stream().anyMatch(StepCredentials::isOfMachine);
        if (foreign) {
            throw new RunnerException(
                    "the password of a step's registry is a secret of a store: write"
                            + " {from_secret: STORE/PATH#KEY}; those of the machine stand in"
                            + " docker-runner.yaml");
        }
    }

    private static boolean isOfMachine(Object registry) {
        Object password = registry instanceof Map<?, ?> map ? map.get("password") : null;
        return switch (password) {
            case null -> false;
            case Map<?, ?> map -> !map.containsKey("from_secret");
            default -> !password.toString().startsWith("${secret:");
        };
    }
}
