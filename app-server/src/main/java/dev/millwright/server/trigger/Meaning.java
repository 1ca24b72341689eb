package dev.millwright.server.trigger;

import dev.millwright.model.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a stored delivery asks for.
public sealed interface Meaning {
    /// Start a run.
    ///
    /// @param event such as `push`, `webhook`, `cron`, `api`, `manual`
    /// @param refOrNull full ref such as `refs/heads/main`; null for the pipeline's default branch
    /// @param commitOrNull a commit, perhaps abbreviated; null for the tip of the ref
    /// @param inputs values of the pipeline's inputs
    /// @param cause one sentence for people: what started the run
    /// @param replaces live runs to cancel first (a schedule with `overlap: replace`)
    record Start(
            String event,
            @Nullable String refOrNull,
            @Nullable String commitOrNull,
            Map<String, String> inputs,
            String cause,
            List<RunId> replaces)
            implements Meaning {
        public Start {
            inputs = Map.copyOf(inputs);
            replaces = List.copyOf(replaces);
        }

        public Optional<String> ref() {
            return Optional.ofNullable(refOrNull);
        }

        public Optional<String> commit() {
            return Optional.ofNullable(commitOrNull);
        }
    }

    /// Understood; nothing is to be done.
    record Ignore(String reason) implements Meaning {}

    /// Not understood, or impossible.
    record Reject(String reason) implements Meaning {}
}
