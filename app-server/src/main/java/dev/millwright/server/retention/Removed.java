package dev.millwright.server.retention;

/// Count what one pass of retention removed.
///
/// @param runs whole runs, with their steps, attempts and logs
/// @param logs logs of attempts, also those of removed runs
/// @param logBytes bytes that these logs took
public record Removed(
        long runs, long logs, long logBytes, long deliveries, long events, long keys) {
    public static final Removed NOTHING = new Removed(0, 0, 0, 0, 0, 0);

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
