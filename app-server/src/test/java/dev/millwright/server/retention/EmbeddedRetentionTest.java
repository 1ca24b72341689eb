package dev.millwright.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class EmbeddedRetentionTest extends RetentionContract {
    @Override
    Database open() {
        return TestDatabases.embedded(directory);
    }

    @Test
    void usesFreedSpaceAgainAndGivesTheRestBackWhenItCloses() throws Exception {
        fill();
        long full = database.fileSize();
        Retention retention = Retention.create(database, RetentionPolicy.DEFAULT);
        assertThat(retention.run(NOW).logs()).isEqualTo(4);
        dropOldVersions();
        for (int round = 0; round < 2; round++) {
            fill();
            retention.run(NOW);
            dropOldVersions();
        }
        long refilled = database.fileSize();
        database.close();
        long closed = Files.size(directory.resolve("millwright.mv.db"));
        database = open();

        System.out.printf(
                "H2: full %d KB, emptied and filled twice again %d KB, closed %d KB%n",
                full / 1024, refilled / 1024, closed / 1024);
        assertThat(full).isGreaterThan(24_000_000);
        assertThat(refilled).isLessThan(full * 2);
        assertThat(closed).isLessThan(full / 4);
    }

    /// Else they stay for some seconds, in case the power fails. Each new connection sets that
    /// anew.
    private void dropOldVersions() {
        database.change(tx -> tx.handle().execute("set retention_time 0"));
    }
}
