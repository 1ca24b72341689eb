package dev.millwright.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static final Limits LIMITS = new Limits(1, 1, 1, 2, 3, Duration.ZERO);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Rates rates = new Rates(LIMITS, now::get);
    private final AttemptId one = new AttemptId(UUID.randomUUID());

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rates.take(one) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBurstIsTakenAndThenSoManyASecond() {
        assertThat(taken(10)).isEqualTo(3);
        assertThat(rates.take(new AttemptId(UUID.randomUUID()))).isTrue();
        now.set(now.get().plusMillis(1_000));
        assertThat(taken(10)).isEqualTo(2);
        now.set(now.get().plusSeconds(100));
        assertThat(taken(10)).isEqualTo(3);
    }

    @Test
    void whoIsSilentIsForgotten() {
        assertThat(taken(10)).isEqualTo(3);
        now.set(now.get().plusSeconds(121));
        rates.sweep();
        assertThat(taken(10)).isEqualTo(3);
    }

    @Test
    void aTokenIsOfOneAttemptAndOneKey() {
        StepTokens tokens = new StepTokens(new byte[32], "");
        String token = tokens.of(one);
        assertThat(tokens.attempt(token)).contains(one);
        assertThat(tokens.of(new AttemptId(UUID.randomUUID()))).isNotEqualTo(token);
        assertThat(new StepTokens(new byte[] {1}, "").attempt(token)).isEmpty();
        String other = tokens.of(new AttemptId(UUID.randomUUID()));
        assertThat(tokens.attempt(other.substring(0, 32) + token.substring(32))).isEmpty();
        assertThat(tokens.attempt("")).isEmpty();
    }
}
