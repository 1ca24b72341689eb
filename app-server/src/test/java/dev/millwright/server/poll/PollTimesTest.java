package dev.millwright.server.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollTimesTest {
    private static final Instant NOW = Instant.parse("2027-01-01T10:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final PollKey KEY = new PollKey("default", "web", "git");

    private static PollKey key(int number) {
        return new PollKey("default", "service-" + number, "git");
    }

    @Test
    void fiveHundredPollsOfOneMinuteDoNotLookAtOnce() {
        Map<Long, Long> bySecond =
                IntStream.range(0, 500)
                        .mapToObj(i -> PollTimes.next(key(i), MINUTE, NOW).getEpochSecond())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(bySecond.values()).allMatch(count -> count <= 25);
        assertThat(bySecond).hasSizeGreaterThan(50);
    }

    @Test
    void looksKeepTheirDistanceFromOneAnother() {
        Instant first = PollTimes.next(KEY, MINUTE, NOW);
        assertThat(first).isBetween(NOW, NOW.plus(MINUTE));
        assertThat(PollTimes.next(KEY, MINUTE, first)).isEqualTo(first.plus(MINUTE));
        assertThat(PollTimes.next(KEY, MINUTE, first.plusSeconds(130)))
                .isEqualTo(first.plusSeconds(180));
    }

    @Test
    void aNewPollLooksSoonHoweverLongItsIntervalIs() {
        assertThat(PollTimes.first(KEY, Duration.ofDays(1), NOW))
                .isBetween(NOW, NOW.plusSeconds(10));
    }

    private static Duration pause(Duration every, int failures, Duration asked) {
        return Duration.between(NOW, PollTimes.afterFailure(KEY, every, failures, asked, NOW));
    }

    @Test
    void eachFailureDoublesThePauseUpToAnHour() {
        assertThat(pause(MINUTE, 1, Duration.ZERO)).isBetween(MINUTE, Duration.ofSeconds(66));
        assertThat(pause(MINUTE, 3, Duration.ZERO))
                .isBetween(Duration.ofMinutes(4), Duration.ofSeconds(264));
        assertThat(pause(MINUTE, 1_000_000, Duration.ZERO))
                .isBetween(Duration.ofHours(1), Duration.ofMinutes(66));
        assertThat(pause(Duration.ofHours(5), 9, Duration.ZERO))
                .isBetween(Duration.ofHours(5), Duration.ofMinutes(330));
    }

    @Test
    void aLongerPauseThatTheOtherSideAsksForIsKeptButNotForEver() {
        assertThat(pause(MINUTE, 1, Duration.ofMinutes(10)))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
        assertThat(pause(MINUTE, 1, Duration.ofDays(4_000))).isLessThan(Duration.ofDays(2));
    }
}
