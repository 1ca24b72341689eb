package dev.millwright.server.delivery;

/// How far a delivery has come. Every delivery ends in one of the last three.
public enum DeliveryStatus {
    /// Stored and not looked at yet.
    RECEIVED,
    /// Its run exists.
    STARTED,
    /// Understood, and nothing is to be done.
    IGNORED,
    /// Not understood, or it asks for something that is not there; the reason says what.
    REJECTED;

    /// Whether there is a run, or will be unless the delivery is turned down.
    boolean hasRun() {
        return this == RECEIVED || this == STARTED;
    }
}
