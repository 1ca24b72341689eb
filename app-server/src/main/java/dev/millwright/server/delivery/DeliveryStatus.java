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

    private static final int LONGEST_REASON = 2_000;

    /// The reason for it, in the characters that are kept.
    static String shown(String reason) {
        return reason.length() <= LONGEST_REASON
                ? reason
                : reason.substring(0, LONGEST_REASON - 1) + "…";
    }

    /// Whether there is a run, or will be unless the delivery is turned down.
    boolean hasRun() {
        return this == RECEIVED || this == STARTED;
    }
}
