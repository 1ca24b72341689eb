package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final TimeOrderedIds ids = new TimeOrderedIds(now::get);

    @Test
    void areVersionSevenAndTellTheirTime() {
        UUID id = ids.next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.get().toEpochMilli());
    }

    @Test
    void growWithinAMillisecondAndWhenTheClockGoesBack() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (i % 5_000 == 4_999) {
                now.updateAndGet(at -> at.minusSeconds(3600));
            }
            made.add(ids.next().toString());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }
}
