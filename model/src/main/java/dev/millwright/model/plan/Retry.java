package dev.millwright.model.plan;

import java.time.Duration;
import java.util.Set;

/// How often a step is tried again.
///
/// @param attempts tries in all, at least 1
/// @param delay time between the end of one try and the start of the next
/// @param on which ends are worth another try
public record Retry(int attempts, Duration delay, Set<Cause> on) {
    /// One try and no more.
    public static final Retry NONE =
            new Retry(1, Duration.ZERO, Set.of(Cause.FAILURE, Cause.ERROR, Cause.TIMEOUT));

    /// An end that may be worth another try.
    public enum Cause {
        FAILURE,
        ERROR,
        TIMEOUT,
        LOST
    }

    public Retry {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, not " + attempts);
        }
        on = Set.copyOf(on);
    }
}
