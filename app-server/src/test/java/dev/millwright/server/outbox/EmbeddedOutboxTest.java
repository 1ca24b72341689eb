package dev.millwright.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.RunId;
import dev.millwright.plugin.Sent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EmbeddedOutboxTest extends OutboxContract {
    @Override
    Database open() {
        return TestDatabases.embedded(directory);
    }

    @Test
    void whatADeadServerWasTellingIsToldAgainAtOnceByTheNext() {
        CountDownLatch never = new CountDownLatch(1);
        Recipient hanging = new Recipient(exporter);
        hanging.answer(_ -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return Sent.DONE;
        });
        Outbox dead = outbox(hanging);
        RunId run = run();
        happen(run, 1, "event");
        eventually().until(() -> hanging.told().size() == 1);
        dead.close();

        Recipient recipient = new Recipient(exporter);
        var _ = outbox(recipient);
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).extracting(Letter::run).containsExactly(run);
        never.countDown();
    }
}
