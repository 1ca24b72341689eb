package dev.millwright.bench.history;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TimeOrderedIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Fills a database with finished runs: copies of runs that it holds already, with every row that
/// belongs to them, so that each column has a real value. No server may run. One thread.
public final class HistoryCopies {
    /// Over how many pipelines the copies are spread.
    private static final int PIPELINES = 50;

    /// Runs in one transaction.
    private static final int BATCH = 500;

    /// Within this time before now; retention would remove older deliveries while we measure.
    private static final Duration AGE = Duration.ofDays(6);

    private final Instant begin = Instant.now().minus(AGE);
    private final AtomicReference<Instant> clock = new AtomicReference<>(begin);
    private final TimeOrderedIds ids = new TimeOrderedIds(clock::get);
    private final DatabaseSettings settings;

    public HistoryCopies(DatabaseSettings settings) {
        this.settings = settings;
    }

    /// One table of a template, and the statement that inserts into it.
    private record Table(TableRows rows, PreparedStatement insert) {}

    /// One copy of a run.
    private record Copy(UUID run, UUID delivery, int index, OffsetDateTime time) {}

    /// Copy the runs in turn until there are so many more.
    ///
    /// @param templates which runs to copy
    /// @param progress told how many there are, now and then
    public void make(List<UUID> templates, int count, IntConsumer progress) {
        try (Database database = Database.open(settings);
                Connection connection = database.patientDataSource().getConnection()) {
            connection.setAutoCommit(false);
            List<List<Table>> sources = new ArrayList<>();
            for (UUID run : templates) {
                sources.add(tables(connection, run));
            }
            for (int i = 0; i < count; i++) {
                copy(sources.get(i % sources.size()), i, count);
                if (i % BATCH == BATCH - 1 || i == count - 1) {
                    flush(connection, sources);
                    progress.accept(i + 1);
                }
            }
            try (Statement statement = connection.createStatement()) {
                var _ = statement.execute("analyze");
                connection.commit();
            }
        } catch (SQLException failed) {
            throw new BenchException("the history could not be written", failed);
        }
    }

    /// In the order in which rows refer to each other.
    private static List<Table> tables(Connection connection, UUID run) throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (TableRows rows :
                List.of(
                        TableRows.read(connection, "deliveries", "run_id", run, ""),
                        TableRows.read(connection, "runs", "id", run, ""),
                        TableRows.read(connection, "steps", "run_id", run, ""),
                        TableRows.read(connection, "attempts", "run_id", run, ""),
                        TableRows.read(connection, "events", "run_id", run, "seq"))) {
            tables.add(new Table(rows, rows.prepareInsert(connection)));
        }
        return tables;
    }

    private static void flush(Connection connection, List<List<Table>> sources)
            throws SQLException {
        for (List<Table> source : sources) {
            for (Table table : source) {
                var _ = table.insert().executeBatch();
            }
        }
        connection.commit();
    }

    private void copy(List<Table> source, int index, int count) throws SQLException {
        Instant time = begin.plus(AGE.multipliedBy(index).dividedBy(count));
        clock.set(time);
        Copy copy = new Copy(ids.next(), ids.next(), index, time.atOffset(ZoneOffset.UTC));
        for (Table table : source) {
            table.rows()
                    .addTo(table.insert(), (name, column, old) -> value(copy, name, column, old));
        }
    }

    private @Nullable Object value(
            Copy copy, String table, String column, @Nullable Object original) {
        return switch (column) {
            case "id" ->
                    switch (table) {
                        case "runs" -> copy.run();
                        case "deliveries" -> copy.delivery();
                        default -> ids.next();
                    };
            case "run_id" -> copy.run();
            case "delivery_id" -> copy.delivery();
            case "dedupe_key" -> copy.delivery().toString();
            case "pipeline" -> "history-" + copy.index() % PIPELINES;
            case "number" ->
                    table.equals("runs") ? Long.valueOf(1 + copy.index() / PIPELINES) : original;
            default -> original instanceof OffsetDateTime ? copy.time() : original;
        };
    }
}
