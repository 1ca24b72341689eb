package dev.millwright.node.link;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// How long to wait after a failure: anything up to a bound that doubles with each. One thread.
final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    Duration failed() {
        long bound = first.toMillis() << Math.min(MOST_DOUBLINGS, failures);
        failures++;
        return upTo(Duration.ofMillis(Math.min(longest.toMillis(), bound)));
    }

    /// For what does not get better by itself.
    Duration hopeless() {
        return longest.dividedBy(2).plus(upTo(longest.dividedBy(2)));
    }

    /// After a failure that is none: only so much that not all nodes come at once.
    Duration little() {
        return upTo(first);
    }

    /// A pause for people: `0.4 s`, or `17 s`.
    static String words(Duration pause) {
        return pause.toSeconds() < 10
                ? String.format(Locale.ROOT, "%.1f s", pause.toMillis() / 1000.0)
                : pause.toSeconds() + " s";
    }

    private Duration upTo(Duration bound) {
        return Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
    }
}
