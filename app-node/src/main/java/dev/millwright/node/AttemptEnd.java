package dev.millwright.node;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.run.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How an attempt ended on its node.
///
/// @param cause one word: `exit`, `cancel`, `fail-fast`, `timeout`, `lost`, `log-limit`,
///   `workspace`, `start`, `outputs`, or what the runner says; empty for success
/// @param message one sentence for people; may be empty
/// @param exitCodeOrNull of the process, when there is one
/// @param outputs published values
/// @param lines how many log lines there are in all
/// @param outBytes length of standard output
/// @param errBytes length of standard error
public record AttemptEnd(
        Outcome outcome,
        String cause,
        String message,
        @Nullable Integer exitCodeOrNull,
        Map<String, String> outputs,
        Instant startedAt,
        Instant endedAt,
        long lines,
        long outBytes,
        long errBytes) {
    /// The cause of an attempt of which nobody can tell how it ended.
    public static final String LOST = "lost";

    public AttemptEnd {
        requireNonNull(outcome, "outcome is null");
        requireNonNull(cause, "cause is null");
        requireNonNull(message, "message is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(endedAt, "endedAt is null");
        outputs = Map.copyOf(outputs);
    }

    /// The same with other words in all that the step says: its message and its outputs.
    public AttemptEnd inWords(UnaryOperator<String> words) {
        Map<String, String> said = new HashMap<>();
        outputs.forEach((name, value) -> said.put(name, words.apply(value)));
        return new AttemptEnd(
                outcome,
                cause,
                words.apply(message),
                exitCodeOrNull,
                said,
                startedAt,
                endedAt,
                lines,
                outBytes,
                errBytes);
    }

    public Optional<Integer> exitCode() {
        return Optional.ofNullable(exitCodeOrNull);
    }
}
