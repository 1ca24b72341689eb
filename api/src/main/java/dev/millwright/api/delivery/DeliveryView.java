package dev.millwright.api.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One accepted trigger.
///
/// @param source where it came from, such as `webhook`, `generic/alerts`, `cron`, `api`
/// @param dedupeKey what makes a second one of the same source a duplicate
/// @param status `received`, `started`, `ignored` or `rejected`
/// @param reason why it was ignored or rejected; else empty
public record DeliveryView(
        DeliveryId id,
        String source,
        String dedupeKey,
        String namespace,
        String pipeline,
        String event,
        String status,
        String reason,
        @Nullable RunId runId,
        @Nullable DeliveryId redeliveryOf,
        Instant receivedAt,
        @Nullable Instant decidedAt) {}
