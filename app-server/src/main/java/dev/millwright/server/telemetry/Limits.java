package dev.millwright.server.telemetry;

import java.time.Duration;

/// What one attempt may tell at most.
///
/// @param results spans
/// @param resultBytes characters of all spans
/// @param logBytes bytes of all log records
/// @param perSecond requests
/// @param burst requests at once, after a while without
/// @param late how long after the step's end something is taken
public record Limits(
        int results, long resultBytes, long logBytes, int perSecond, int burst, Duration late) {
    public static final Limits DEFAULT =
            new Limits(5_000, 8L << 20, 10L << 20, 50, 300, Duration.ofSeconds(60));
}
