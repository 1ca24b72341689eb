package dev.millwright.server.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.Parameters;
import dev.millwright.model.Payload;
import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stored delivery.
///
/// @param reason why it was ignored or rejected, else empty
/// @param runOrNull the run's id, allotted when the delivery was stored; null once it is decided
///   that there is no run
/// @param redeliveryOfOrNull the delivery that this one repeats
public record Delivery(
        DeliveryId id,
        String source,
        String dedupeKey,
        String namespace,
        String pipeline,
        String event,
        Map<String, String> headers,
        Payload body,
        Parameters parameters,
        DeliveryStatus status,
        String reason,
        @Nullable RunId runOrNull,
        @Nullable DeliveryId redeliveryOfOrNull,
        Instant receivedAt,
        @Nullable Instant decidedAtOrNull) {
    public Delivery {
        headers = Map.copyOf(headers);
    }

    /// The same, as it is once that is decided.
    Delivery decided(Verdict verdict) {
        return new Delivery(
                id,
                source,
                dedupeKey,
                namespace,
                pipeline,
                event,
                headers,
                body,
                parameters,
                verdict.status(),
                verdict.reason(),
                null,
                redeliveryOfOrNull,
                receivedAt,
                receivedAt);
    }

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }

    public Optional<DeliveryId> redeliveryOf() {
        return Optional.ofNullable(redeliveryOfOrNull);
    }

    public Optional<Instant> decidedAt() {
        return Optional.ofNullable(decidedAtOrNull);
    }
}
