package dev.millwright.server.retention;

import dev.millwright.model.MillwrightException;
import java.time.Duration;

/// Say how long things are kept. A limit of zero is no limit.
///
/// A finished run stays as long as it is young enough or among the newest of its pipeline; when
/// only one of the two limits is set, that one decides. Its log goes earlier: by age, or, oldest
/// first, when all logs together are too big.
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

    public RetentionPolicy {
        if (runs.isNegative()
                || runsPerPipeline < 0
                || logs.isNegative()
                || logBytes < 0
                || deliveries.isNegative()
                || events.isNegative()) {
            throw new MillwrightException("retention: a limit is zero (no limit) or more");
        }
    }

    /// The default with other limits for runs and for the size of logs.
    public RetentionPolicy withRuns(Duration age, int perPipeline) {
        return new RetentionPolicy(age, perPipeline, logs, logBytes, deliveries, events);
    }

    public RetentionPolicy withLogs(Duration age, long bytes) {
        return new RetentionPolicy(runs, runsPerPipeline, age, bytes, deliveries, events);
    }

    boolean limitsRuns() {
        return !runs.isZero() || runsPerPipeline > 0;
    }
}
