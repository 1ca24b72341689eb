package dev.millwright.server.trigger;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.plugin.trigger.RunRequest;
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
    /// @param requestOrNull what a trigger of a plugin knows; null for what is built in
    record Start(
            String event,
            @Nullable String refOrNull,
            @Nullable String commitOrNull,
            Map<String, String> inputs,
            String cause,
            List<RunId> replaces,
            @Nullable RunRequest requestOrNull)
            implements Meaning {
        public Start {
            inputs = Map.copyOf(inputs);
            replaces = List.copyOf(replaces);
        }

        public Optional<String> ref() {
            return Optional.ofNullable(refOrNull);
        }

        /// Whether it is left out when the pipeline has a run of the same commit already.
        public boolean isOncePerCommit() {
            return requestOrNull != null && requestOrNull.oncePerCommit();
        }

        /// Whether the change comes from somebody who may write to the repository.
        public boolean isTrusted() {
            return requestOrNull == null || requestOrNull.trust() == RunRequest.Trust.FULL;
        }

        /// What a trigger of a plugin knows.
        public Optional<RunRequest> request() {
            return Optional.ofNullable(requestOrNull);
        }

        public Optional<String> commit() {
            return Optional.ofNullable(commitOrNull);
        }
    }

    /// Start several runs: one by this delivery, and each other one by a delivery of its own.
    ///
    /// @param others parameters of those deliveries
    record Several(Start first, List<Parameters> others) implements Meaning {
        public Several {
            others = List.copyOf(others);
        }
    }

    /// Understood; nothing is to be done.
    record Ignore(String reason) implements Meaning {}

    /// Not understood, or impossible.
    record Reject(String reason) implements Meaning {}
}
