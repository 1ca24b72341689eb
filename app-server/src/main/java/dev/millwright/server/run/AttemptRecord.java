package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One try of one leaf on one node; one row of the table `attempts`.
///
/// @param position pre-order number of the step in its plan
/// @param number counts the tries of the step
/// @param fence the run's revision when the attempt was assigned; reports with another are stale
public record AttemptRecord(
        AttemptId id,
        RunId run,
        int position,
        int number,
        long fence,
        NodeName node,
        Phase phase,
        String cause,
        @Nullable Outcome outcomeOrNull,
        @Nullable Integer exitCodeOrNull,
        Instant assignedAt,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        long logLines,
        long logOut,
        long logErr,
        int results) {

    /// How far an attempt has come.
    public enum Phase {
        /// Given to a node; it may be running there.
        LIVE,
        /// Ended, or given up.
        ENDED
    }

    /// What is unique among live attempts.
    public String liveKey() {
        return run + "/" + position;
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public Optional<Integer> exitCode() {
        return Optional.ofNullable(exitCodeOrNull);
    }

    public Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }
}
