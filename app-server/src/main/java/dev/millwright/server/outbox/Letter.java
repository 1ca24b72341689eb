package dev.millwright.server.outbox;

import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.UUID;

/// One thing to tell about a run; one row of the table `outbox`.
///
/// @param channel whom to tell
/// @param seq the number of its event within the run
/// @param occasion what happened, in the channel's words
/// @param subject the path of the step that it is about; empty for the run itself
/// @param progress how far the receiver has got; empty at first
/// @param tries how often it failed before
public record Letter(
        UUID channel,
        RunId run,
        long seq,
        String occasion,
        String subject,
        Instant createdAt,
        Instant dueAt,
        String progress,
        int tries) {}
