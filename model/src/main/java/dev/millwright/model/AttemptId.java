package dev.millwright.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/// Identify one try of one leaf on one node.
public record AttemptId(UUID value) {
    public AttemptId {
        requireNonNull(value, "value is null");
    }

    /// Read an id as it is written in journals and addresses.
    public static AttemptId parse(String text) {
        return new AttemptId(Ids.parse("attempt", text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
