package dev.millwright.server.retention;

/// Count what one pass of retention removed.
public record Removed(
        long runs, long logChunks, long logBytes, long deliveries, long events, long keys) {
    public static final Removed NOTHING = new Removed(0, 0, 0, 0, 0, 0);

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
