package dev.millwright.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/// Identify one accepted webhook request, cron occurrence or poll finding.
public record DeliveryId(UUID value) {
    public DeliveryId {
        requireNonNull(value, "value is null");
    }

    /// Read an id as users write it.
    public static DeliveryId parse(String text) {
        return new DeliveryId(Ids.parse("delivery", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
