package dev.millwright.node.link;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// How long to wait after a failure: anything up to a bound that doubles with each. One thread.
public final class Backoff {
    private static final int MOST_DOUBLINGS = 20;

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private int failures;

    /// Pauses as those settings want them.
    public static Backoff of(LinkSettings settings, RandomGenerator random) {
        return new Backoff(settings.firstPause(), settings.longestPause(), random);
    }

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /// Begin with short pauses again.
    public void succeeded() {
        failures = 0;
    }

    /// Count one more failure.
    public Duration failed() {
        long bound = first.toMillis() << Math.min(MOST_DOUBLINGS, failures);
        failures++;
        return upTo(Duration.ofMillis(Math.min(longest.toMillis(), bound)));
    }

    /// For what does not get better by itself: two to four times the longest pause.
    Duration hopeless() {
        return longest.multipliedBy(2).plus(upTo(longest.multipliedBy(2)));
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
