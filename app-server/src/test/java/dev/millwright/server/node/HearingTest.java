package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HearingTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private final Hearing hearing = new Hearing(Duration.ofSeconds(10));

    /// Until that many seconds after the start nobody's silence counts.
    private long after(long seconds, long arrivals) {
        return Duration.between(START, hearing.since(START.plusSeconds(seconds), arrivals))
                .toSeconds();
    }

    @Test
    void afterTheStartNodesHaveTimeToBeHeard() {
        assertThat(after(0, 0)).isEqualTo(10);
        assertThat(after(7, 0)).isEqualTo(10);
        assertThat(after(15, 0)).isEqualTo(10);
    }

    @Test
    void whileNodesKeepComingTheOthersHaveMoreTime() {
        assertThat(after(0, 0)).isEqualTo(10);
        assertThat(after(5, 3)).isEqualTo(15);
        assertThat(after(6, 3)).isEqualTo(15);
        assertThat(after(12, 7)).isEqualTo(22);
    }

    @Test
    void nobodyHasMoreThanSixTimesAsMuchHoweverManyCome() {
        for (int second = 0; second < 300; second++) {
            var _ = after(second, second);
        }

        assertThat(after(301, 301)).isEqualTo(60);
    }

    @Test
    void theFirstOfManyMayComeLateAsLongAsNobodyIsSuspectYet() {
        assertThat(after(0, 0)).isEqualTo(10);
        assertThat(after(7, 0)).isEqualTo(10);
        assertThat(after(14, 0)).isEqualTo(10);
        assertThat(after(19, 1)).isEqualTo(29);
        assertThat(after(25, 9)).isEqualTo(35);
    }

    @Test
    void whoComesLaterBuysNobodyTime() {
        assertThat(after(0, 0)).isEqualTo(10);
        assertThat(after(7, 0)).isEqualTo(10);
        assertThat(after(14, 0)).isEqualTo(10);
        assertThat(after(20, 1)).isEqualTo(10);
        assertThat(after(21, 2)).isEqualTo(10);
    }

    @Test
    void afterAPauseOfTheMachineItIsAsAfterTheStart() {
        assertThat(after(0, 0)).isEqualTo(10);
        assertThat(after(8, 0)).isEqualTo(10);
        assertThat(after(16, 0)).isEqualTo(10);
        assertThat(after(25, 0)).isEqualTo(35);
        assertThat(after(30, 1)).isEqualTo(40);
    }
}
