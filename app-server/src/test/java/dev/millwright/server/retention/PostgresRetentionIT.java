package dev.millwright.server.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresRetentionIT extends RetentionContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }

    @Test
    void usesFreedSpaceAgain() {
        keepTheServerFromLooking();
        // Enough chunks to be worth a vacuum
        fill();
        fill();
        fill();
        long full = size();
        Retention retention = Retention.create(database, RetentionPolicy.DEFAULT);
        assertThat(retention.run(NOW).logs()).isEqualTo(12);
        long emptied = size();
        fill();
        fill();
        fill();
        long refilled = size();

        System.out.printf(
                "PostgreSQL: full %d KB, emptied %d KB, filled again %d KB%n",
                full / 1024, emptied / 1024, refilled / 1024);
        assertThat(full).isGreaterThan(70_000_000);
        assertThat(emptied).isLessThan(full / 4);
        assertThat(refilled).isLessThan(full * 5 / 4);
    }

    /// What PostgreSQL does by itself at any moment: while it analyses a table, nothing that was
    /// deleted since can be given back, nor while it cleans up where the table's long values are.
    private void keepTheServerFromLooking() {
        database.change(tx ->
                List.of("log_chunks", "attempts", "runs", "steps", "events")
                        .forEach(table ->
                                tx.handle()
                                        .execute(
                                                "alter table "
                                                        + table
                                                        + " set (autovacuum_enabled = false,"
                                                        + " toast.autovacuum_enabled = false)")));
    }

    private long size() {
        return database.<Long>read(tx ->
                tx.handle()
                        .createQuery("select pg_total_relation_size('log_chunks')")
                        .mapTo(Long.class)
                        .one());
    }
}
