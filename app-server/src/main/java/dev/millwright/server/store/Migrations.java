package dev.millwright.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/// Bring the tables up to date: what both databases share, and what only one of them knows.
final class Migrations {
    private final FutureTask<Flyway> flyway;

    private Migrations(FutureTask<Flyway> flyway) {
        this.flyway = flyway;
    }

    /// Flyway gets ready on a thread of its own, without a connection: that takes about as long as
    /// opening the database, which can be done meanwhile.
    static Migrations prepare(PlainDataSource source, boolean embedded) {
        FutureTask<Flyway> flyway = new FutureTask<>(() -> flyway(source, embedded));
        var _ = Thread.ofPlatform().daemon().name("flyway").start(flyway);
        return new Migrations(flyway);
    }

    private static Flyway flyway(PlainDataSource source, boolean embedded) {
        return Flyway.configure()
                .dataSource(source)
                .locations(
                        "classpath:db/migration/common",
                        embedded
                                ? "classpath:db/migration/h2"
                                : "classpath:db/migration/postgresql")
                .loggers("slf4j")
                .load();
    }

    /// Throws [StoreException] when a table cannot be made or changed.
    void run() {
        try {
            var _ = flyway.get().migrate();
        } catch (FlywayException failed) {
            throw failed(failed);
        } catch (ExecutionException notReady) {
            throw failed(flyway.exceptionNow());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed(stopped);
        }
    }

    private static StoreException failed(Throwable why) {
        return new StoreException(
                "the tables could not be brought up to date: " + why.getMessage(), why);
    }

    static Jdbi jdbi(javax.sql.DataSource source) {
        Jdbi jdbi = Jdbi.create(source).installPlugin(new SqlObjectPlugin());
        Columns.install(jdbi);
        return jdbi;
    }

    /// Throws [StoreException] when a commit on such a connection could be lost.
    static void assertDurable(Connection connection, boolean embedded) throws SQLException {
        if (embedded) {
            // Two rows: what the file has stored, and what is in force. The stored one may say 0
            // while writes are delayed nevertheless
            List<String> delays =
                    values(
                            connection,
                            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'");
            if (delays.isEmpty() || !delays.stream().allMatch("0"::equals)) {
                throw new StoreException(
                        "the database has WRITE_DELAY=%s and would lose accepted work in a crash; it must be 0"
                                .formatted(String.join(",", delays)));
            }
            return;
        }
        for (String setting : List.of("synchronous_commit", "fsync")) {
            if (values(connection, "show " + setting).contains("off")) {
                throw new StoreException(
                        "PostgreSQL runs with %s=off and would lose accepted work in a crash; set it to on"
                                .formatted(setting));
            }
        }
    }

    private static List<String> values(Connection connection, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(query)) {
            while (results.next()) {
                values.add(results.getString(1));
            }
        }
        return values;
    }
}
