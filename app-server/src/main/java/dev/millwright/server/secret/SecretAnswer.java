package dev.millwright.server.secret;

import dev.millwright.plugin.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// What is known of some secrets at the moment.
public sealed interface SecretAnswer {
    /// All of them.
    ///
    /// @param values by their references
    record Ready(Map<String, Secret> values) implements SecretAnswer {
        public static final Ready NONE = new Ready(Map.of());

        public Ready {
            values = Map.copyOf(values);
        }
    }

    /// A store has not answered, or cannot tell now.
    ///
    /// @param reason for people; empty as long as nothing is wrong
    /// @param retryAt when to ask again at the latest
    /// @param asking whether an answer is on its way
    record Waiting(String reason, Instant retryAt, boolean asking) implements SecretAnswer {
        /// For both.
        Waiting and(Waiting other) {
            return new Waiting(
                    reason.isEmpty() ? other.reason : reason,
                    retryAt.isBefore(other.retryAt) ? retryAt : other.retryAt,
                    asking || other.asking);
        }
    }

    /// One of them is not to be had.
    record Refused(String reason) implements SecretAnswer {}

    /// What is known of all that two answers are about.
    static SecretAnswer both(SecretAnswer one, SecretAnswer other) {
        return switch (one) {
            case Refused refused -> refused;
            case Waiting waiting ->
                    switch (other) {
                        case Refused refused -> refused;
                        case Waiting more -> waiting.and(more);
                        case Ready _ -> waiting;
                    };
            case Ready(Map<String, Secret> values) ->
                    switch (other) {
                        case Ready(Map<String, Secret> more) -> {
                            Map<String, Secret> all = new HashMap<>(values);
                            all.putAll(more);
                            yield new Ready(all);
                        }
                        case Waiting waiting -> waiting;
                        case Refused refused -> refused;
                    };
        };
    }
}
