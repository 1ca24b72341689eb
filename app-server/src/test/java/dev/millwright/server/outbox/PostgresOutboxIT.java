package dev.millwright.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresOutboxIT extends OutboxContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }

    @Test
    void severalServersTellEachThingOnceAndInOrder() {
        Recipient recipient = new Recipient(exporter);
        for (int i = 0; i < 3; i++) {
            var _ = outbox(recipient);
        }
        // Written by hand: the three share one journal here, and each would write of each event
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            runs.add(run());
        }
        database.change(tx -> {
            for (RunId run : runs) {
                for (int seq = 1; seq <= 5; seq++) {
                    tx.dao(OutboxDao.class).insert(exporter, run, seq, "event", "");
                }
            }
        });
        eventually().until(() -> waiting() == 0);
        assertThat(recipient.told()).hasSize(50);
        for (RunId run : runs) {
            assertThat(recipient.told())
                    .filteredOn(letter -> letter.run().equals(run))
                    .extracting(Letter::seq)
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }
}
