package dev.millwright.engine.progress;

import dev.millwright.model.NodeName;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Something that happened to a run from outside. A signal that no longer fits (an old attempt, a
/// finished step) changes nothing, so every signal may be repeated.
public sealed interface Signal {
    /// A node took the leaf: its attempt is under way there.
    record Assigned(StepPath path, int attempt, NodeName node) implements Signal {}

    /// No node takes the leaf at the moment, and why.
    record NotPlaced(StepPath path, int attempt, String cause, String message) implements Signal {}

    /// An attempt ended.
    ///
    /// @param cause one word, see [dev.millwright.model.run.StepState]
    record Ended(
            StepPath path,
            int attempt,
            Outcome outcome,
            String cause,
            String message,
            @Nullable Integer exitCodeOrNull,
            Map<String, String> outputs)
            implements Signal {
        public Ended {
            outputs = Map.copyOf(outputs);
        }

        public Optional<Integer> exitCode() {
            return Optional.ofNullable(exitCodeOrNull);
        }
    }

    /// Nobody can tell how the attempt ended.
    record Lost(StepPath path, int attempt, String message) implements Signal {}

    /// It is proven that the attempt never began; the leaf may be given to a node again.
    record NeverStarted(StepPath path, int attempt) implements Signal {}

    /// A person answered an approval.
    record Answered(StepPath path, boolean approved, String by, String comment) implements Signal {}

    /// Somebody wants the run to end. It may come any number of times.
    ///
    /// @param force whether what has to run always (ensure, teardown) is stopped and skipped, too
    record CancelRequested(String by, String reason, boolean force) implements Signal {
        public CancelRequested(String by, String reason) {
            this(by, reason, false);
        }
    }

    /// The run's turn in its concurrency group has come.
    record Admitted() implements Signal {}
}
