package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Backoff backoff = new Backoff(FIRST, LONGEST, new Random(1));

    @Test
    void theBoundDoublesUpToTheLongestPause() {
        Duration bound = FIRST;
        Duration sum = Duration.ZERO;
        for (int i = 0; i < 100; i++) {
            Duration pause = backoff.failed();
            assertThat(pause).isBetween(Duration.ZERO, bound);
            sum = sum.plus(pause);
            bound = bound.multipliedBy(2).compareTo(LONGEST) < 0 ? bound.multipliedBy(2) : LONGEST;
        }
        assertThat(sum.dividedBy(100)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(20));
    }

    @Test
    void aSuccessBeginsAnew() {
        for (int i = 0; i < 10; i++) {
            var _ = backoff.failed();
        }
        backoff.succeeded();
        assertThat(backoff.failed()).isLessThanOrEqualTo(FIRST);
    }

    @Test
    void whatIsHopelessIsTriedSeldom() {
        for (int i = 0; i < 50; i++) {
            assertThat(backoff.hopeless())
                    .isBetween(LONGEST.multipliedBy(2), LONGEST.multipliedBy(4));
            assertThat(backoff.little()).isLessThanOrEqualTo(FIRST);
        }
    }
}
