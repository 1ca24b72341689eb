package dev.millwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final List<String> said = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Outage outage = new Outage(said::add, clock::get);

    private void after(Duration time, boolean answers) {
        clock.addAndGet(time.toNanos());
        outage.note(answers);
    }

    @Test
    void whatPassesSoonIsNotWorthAWord() {
        after(Duration.ofMillis(1900), false);
        after(Duration.ofMillis(50), true);
        after(Duration.ofMillis(1900), false);

        assertThat(said).isEmpty();
    }

    @Test
    void theTimeSinceTheLastAnswerIsNoOutage() {
        after(Duration.ofSeconds(3), true);
        after(Duration.ofSeconds(3), false);
        after(Duration.ofMillis(1900), false);

        assertThat(said).isEmpty();
    }

    @Test
    void eachOutageIsToldOnceAndItsEndOnce() {
        after(Duration.ofMillis(2100), false);
        after(Duration.ofMillis(2100), false);
        after(Duration.ofMillis(100), true);
        after(Duration.ofMillis(100), true);

        assertThat(said)
                .containsExactly(
                        "the server does not answer; waiting for it ...",
                        "the server answers again");
    }
}
