package dev.millwright.server.run;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps secrets from steps that work on the change of somebody who may not write to the
/// repository. It looks at what is about to be handed to a node, after every reference in it was
/// resolved, so that nothing which a stranger chose turns into a secret later. Pure.
final class SecretsOfStrangers {
    private SecretsOfStrangers() {}

    /// Whether the run works on the change of a stranger.
    static boolean isStranger(Plan plan) {
        return plan.head().change().filter(change -> !change.trusted()).isPresent();
    }

    static String refusal(String secret) {
        return "it asks for the secret %s, which is not given to the change of a fork"
                .formatted(secret);
    }

    /// Throws [AssignmentException] when the parameters ask for a secret anywhere.
    static void refuse(Parameters parameters) {
        asked(parameters.values())
                .ifPresent(secret -> {
                    throw new AssignmentException(refusal(secret));
                });
    }

    private static Optional<String> asked(Object value) {
        return switch (value) {
            case String text ->
                    Optional.of(text)
                            .filter(one -> SecretSource.REFERENCE.matcher(one.strip()).matches());
            case List<?> list ->
                    list.stream().flatMap(element -> asked(element).stream()).findFirst();
            case Map<?, ?> map ->
                    map.values().stream().flatMap(element -> asked(element).stream()).findFirst();
            default -> Optional.empty();
        };
    }
}
