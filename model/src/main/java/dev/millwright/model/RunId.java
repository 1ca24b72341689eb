package dev.millwright.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/// Identify one run. New ids are UUIDv7, so that they sort by the time of their creation.
public record RunId(UUID value) implements Comparable<RunId> {
    public RunId {
        requireNonNull(value, "value is null");
    }

    /// Read an id as users write it; throws [MillwrightException] when it is not a UUID.
    public static RunId parse(String text) {
        return new RunId(Ids.parse("run", text));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
