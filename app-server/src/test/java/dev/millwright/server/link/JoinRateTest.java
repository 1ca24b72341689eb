package dev.millwright.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class JoinRateTest {
    private final AtomicLong nanos = new AtomicLong();
    private final JoinRate rate = new JoinRate(nanos::get);

    @Test
    void addressHasSoManyTriesInAMinuteAndOthersHaveTheirOwn() {
        for (int attempt = 0; attempt < JoinRate.TRIES; attempt++) {
            assertThat(rate.admits("10.0.0.1")).isTrue();
        }

        assertThat(rate.admits("10.0.0.1")).isFalse();
        assertThat(rate.admits("10.0.0.2")).isTrue();
        nanos.set(Duration.ofSeconds(59).toNanos());
        assertThat(rate.admits("10.0.0.1")).isFalse();
        nanos.set(Duration.ofSeconds(60).toNanos());
        assertThat(rate.admits("10.0.0.1")).isTrue();
    }
}
