package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.log.LogRows;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueuedStepsTest {
    @TempDir Path folder;

    /// Another one in the class that does the same on PostgreSQL.
    Database database(Path directory) {
        return TestDatabases.embedded(directory);
    }

    /// A run whose two steps are in these phases.
    private static UUID run(Database database, String phase, String first, String second) {
        UUID attempt = LogRows.newAttempt(database).value();
        return database.write(tx -> {
            UUID run =
                    tx.handle()
                            .createQuery("select run_id from attempts where id = ?")
                            .bind(0, attempt)
                            .mapTo(UUID.class)
                            .one();
            tx.handle().execute("update runs set phase = ? where id = ?", phase, run);
            for (String step : List.of(first, second)) {
                tx.handle()
                        .execute(
                                """
                                insert into steps (run_id, position, path, phase, attempt, cause,
                                    message, outputs, carried)
                                values (?, (select count(*) from steps where run_id = ?), '0', ?,
                                    1, '', '', '{}', false)
                                """,
                                run,
                                run,
                                step);
            }
            return run;
        });
    }

    @Test
    void findsUnfinishedRunsWithLeavesThatWaitForANode() {
        try (Database database = database(folder)) {
            UUID waits = run(database, "RUNNING", "RUNNING", "QUEUED");
            UUID stops = run(database, "CANCELLING", "QUEUED", "QUEUED");
            run(database, "RUNNING", "RUNNING", "PENDING");
            run(database, "BLOCKED", "PENDING", "PENDING");
            run(database, "FINISHED", "FINISHED", "QUEUED");

            List<UUID> found = database.read(tx -> tx.dao(RunDao.class).withQueuedSteps());

            assertThat(found).containsExactlyInAnyOrder(waits, stops);
        }
    }
}
