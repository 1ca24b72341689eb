package dev.millwright.server.delivery;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer to a delivery that is safely stored.
///
/// @param duplicate whether it was stored before; the ids are those of the first time
/// @param reason why it starts no run, else empty
/// @param runOrNull the id that its run has or will have; null when it was decided to start none
public record Accepted(
        DeliveryId delivery,
        boolean duplicate,
        DeliveryStatus status,
        String reason,
        @Nullable RunId runOrNull) {
    static Accepted of(Delivery delivery, boolean duplicate) {
        return new Accepted(
                delivery.id(),
                duplicate,
                delivery.status(),
                delivery.reason(),
                delivery.runOrNull());
    }

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }
}
