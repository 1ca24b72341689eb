package dev.millwright.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/// Bring the tables up to date: what both databases share, and what only one of them knows.
final class Migrations {
    private Migrations() {}

    static void run(PlainDataSource source, boolean embedded) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations(
                            "classpath:db/migration/common",
                            embedded
                                    ? "classpath:db/migration/h2"
                                    : "classpath:db/migration/postgresql")
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException(
                    "the tables could not be brought up to date: " + failed.getMessage(), failed);
        }
    }

    static Jdbi jdbi(javax.sql.DataSource source) {
        Jdbi jdbi = Jdbi.create(source).installPlugin(new SqlObjectPlugin());
        Columns.install(jdbi);
        return jdbi;
    }

    /// Throws [StoreException] when a commit on such a connection could be lost.
    static void assertDurable(Connection connection, boolean embedded) throws SQLException {
        if (embedded) {
            String delay =
                    value(
                            connection,
                            "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'");
            if (!delay.equals("0")) {
                throw new StoreException(
                        "the database has WRITE_DELAY=%s and would lose accepted work in a crash; it must be 0"
                                .formatted(delay));
            }
            return;
        }
        for (String setting : new String[] {"synchronous_commit", "fsync"}) {
            if (value(connection, "show " + setting).equals("off")) {
                throw new StoreException(
                        "PostgreSQL runs with %s=off and would lose accepted work in a crash; set it to on"
                                .formatted(setting));
            }
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(query)) {
            return results.next() ? results.getString(1) : "(not set)";
        }
    }
}
