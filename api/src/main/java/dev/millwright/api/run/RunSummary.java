package dev.millwright.api.run;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A run as lists show it.
///
/// @param number counts the runs of the pipeline, from 1
/// @param outcome set once the run is finished
/// @param event what started it, such as `push`, `cron`, `api`
/// @param cause one sentence on why the run exists
/// @param message one sentence on how it ended or why it waits; may be empty
/// @param stepsTotal how many steps do work, without groups
/// @param stepsFinished how many of these have ended
/// @param revision grows with each change
/// @param sequence number of the run's newest event
/// @param durationMillis from its start to its end, or to now
/// @param location path of the run below the server's address
public record RunSummary(
        RunId id,
        String namespace,
        String pipeline,
        long number,
        Status status,
        @Nullable Outcome outcome,
        String event,
        String cause,
        String message,
        String branch,
        String tag,
        String commit,
        String commitMessage,
        String author,
        @Nullable DeliveryId deliveryId,
        @Nullable RunId rerunOf,
        int stepsTotal,
        int stepsFinished,
        Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Long durationMillis,
        String traceId,
        long revision,
        long sequence,
        String location) {}
