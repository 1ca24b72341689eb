package dev.millwright.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R26")
class ServerClockTest {
    private static final Instant THEIRS = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant own = THEIRS;
    private final FactsLine facts = new FactsLine(Map.of("os", "linux"));
    private final ServerClock clock = new ServerClock(() -> own, facts);

    private void hear(Duration ahead) {
        own = THEIRS.plus(ahead);
        clock.learn("one:1", THEIRS.toEpochMilli());
    }

    @Test
    void theServersTimeCountsWhicheverWayThisMachineIsOff() {
        hear(DAY);
        assertThat(clock.instant()).isEqualTo(THEIRS);
        assertThat(facts.facts())
                .isEqualTo(Map.of("os", "linux", "clock.offset", Long.toString(DAY.toSeconds())));

        hear(DAY.negated());
        assertThat(clock.instant()).isEqualTo(THEIRS);
        assertThat(facts.facts()).containsEntry("clock.offset", Long.toString(-DAY.toSeconds()));
    }

    @Test
    void theFactGoesAwayWithItsReasonAndStaysWhenOthersAreLookedUp() {
        hear(DAY);
        facts.update(Map.of("os", "other"));
        assertThat(facts.facts()).containsKey("clock.offset").containsEntry("os", "other");

        hear(Duration.ZERO);
        assertThat(facts.facts()).isEqualTo(Map.of("os", "other"));
    }

    @Test
    void whatAnAnswerTakesIsNoNews() {
        hear(Duration.ofSeconds(20));
        assertThat(facts.facts()).doesNotContainKey("clock.offset");
        assertThat(clock.instant()).isEqualTo(own);

        hear(DAY);
        hear(DAY.plusSeconds(20));
        assertThat(facts.facts()).containsEntry("clock.offset", Long.toString(DAY.toSeconds()));
    }

    @Test
    void anOldServerThatDoesNotTellChangesNothing() {
        clock.learn("one:1", 0);

        assertThat(clock.instant()).isEqualTo(THEIRS);
        assertThat(facts.facts()).doesNotContainKey("clock.offset");
    }
}
