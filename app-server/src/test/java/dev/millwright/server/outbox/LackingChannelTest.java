package dev.millwright.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A channel that can tell nothing, such as one whose plugin is not installed yet.
final class LackingChannelTest extends OutboxFixture {
    /// Nothing is tried again while a test runs, unless there is a reason for it.
    private static final OutboxSettings SLOW =
            new OutboxSettings(
                    4,
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1),
                    Duration.ofHours(1));

    @Override
    Database open() {
        return TestDatabases.embedded(directory.resolve("data"));
    }

    @Test
    void whatAChannelLacksKeepsItsLettersUntouchedAndEndsTheirWaitAtOnce() {
        Recipient recipient = new Recipient(exporter);
        recipient.lack("its plugin is missing");
        Outbox outbox = outbox(SLOW, recipient);
        for (int i = 1; i <= 5; i++) {
            happen(run(), 1, "event");
        }
        eventually().until(() -> events().contains("outbox.failing"));
        assertThat(outbox.status())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.waiting()).isEqualTo(5);
                    assertThat(one.reason()).isEqualTo("its plugin is missing");
                });
        outbox.tick();
        assertThat(recipient.told()).isEmpty();

        recipient.lack("");
        outbox.tick();

        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).hasSize(5).extracting(Letter::tries).containsOnly(0);
        assertThat(events()).containsOnlyOnce("outbox.failing", "outbox.recovered");
    }
}
