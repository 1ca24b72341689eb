package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts requests: each attempt has a bucket that fills again second by second. Any thread.
final class Rates {
    private static final Duration FORGOTTEN = Duration.ofMinutes(2);

    private final Limits limits;
    private final InstantSource clock;
    private final Map<AttemptId, Bucket> buckets = new ConcurrentHashMap<>();

    Rates(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /// Whether one more request is within bounds.
    boolean take(AttemptId attempt) {
        Instant now = clock.instant();
        return buckets.computeIfAbsent(attempt, _ -> new Bucket(limits.burst(), now))
                .take(limits, now);
    }

    /// Forget who has been silent for long.
    void sweep() {
        Instant before = clock.instant().minus(FORGOTTEN);
        buckets.values().removeIf(bucket -> bucket.isOlderThan(before));
    }

    private static final class Bucket {
        private double left;
        private Instant at;

        Bucket(double left, Instant at) {
            this.left = left;
            this.at = at;
        }

        synchronized boolean take(Limits limits, Instant now) {
            double seconds = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
            left = Math.min(limits.burst(), left + seconds * limits.perSecond());
            at = now;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }

        synchronized boolean isOlderThan(Instant time) {
            return at.isBefore(time);
        }
    }
}
