package dev.millwright.server.queue;

import java.time.Instant;
import java.util.UUID;

/// Show one stored wake-up.
///
/// @param id its id in the queue
/// @param kind the kind of wake-up, such as `StartRun`
/// @param target what it is about: the id of a delivery or run, or a schedule's name
/// @param state how far it is
/// @param createdAt when it was enqueued
/// @param updatedAt when it last changed its state
/// @param attempts how often it was begun
/// @param reason why it failed last, or empty
public record QueuedJob(
        UUID id,
        String kind,
        String target,
        JobState state,
        Instant createdAt,
        Instant updatedAt,
        int attempts,
        String reason) {}
