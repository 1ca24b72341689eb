package dev.millwright.server.retention;

import java.time.Duration;

/// Say how long things are kept. A limit of zero means no limit.
///
/// A finished run goes when it is older than `runs` and not among the newest `runsPerPipeline` of
/// its pipeline. Its log goes earlier: by age, or, oldest first, when all logs together are too
/// big.
///
/// @param runs how long finished runs stay
/// @param runsPerPipeline how many of the newest runs of a pipeline stay however old they are
/// @param logs how long the logs of finished runs stay
/// @param logBytes how many bytes all stored logs may take
/// @param deliveries how long decided deliveries and idempotency keys stay
/// @param events how long events stay
public record RetentionPolicy(
        Duration runs,
        int runsPerPipeline,
        Duration logs,
        long logBytes,
        Duration deliveries,
        Duration events) {
    public static final RetentionPolicy DEFAULT =
            new RetentionPolicy(
                    Duration.ofDays(90),
                    200,
                    Duration.ofDays(30),
                    10L << 30,
                    Duration.ofDays(7),
                    Duration.ofDays(30));
}
