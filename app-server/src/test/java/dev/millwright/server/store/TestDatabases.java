package dev.millwright.server.store;

import dev.millwright.server.queue.JobQueue;
import dev.millwright.server.queue.QueueSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Databases for tests: the embedded one, and a new one on the shared PostgreSQL server. Any
/// thread.
///
/// They have all tables and nothing in them: they are copies of one that is made once, because
/// making the tables anew takes longer than most tests. That a server makes them in an empty
/// database is shown by tests that ask [PostgresServer] or [DatabaseSettings] for one.
public final class TestDatabases {
    private static final String FILE = "millwright.mv.db";

    private TestDatabases() {}

    /// The database in that directory, which is made when there is none.
    public static Database embedded(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            try {
                Files.createDirectories(directory);
                Files.write(file, EmbeddedTemplate.CONTENT);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return Database.open(DatabaseSettings.embedded(directory));
    }

    public static Database postgresql() {
        return Database.open(postgresqlSettings());
    }

    /// A new database, for tests that open it more than once.
    public static DatabaseSettings postgresqlSettings() {
        PostgresServer server = PostgresServer.shared();
        return server.settings(server.copyOf(PostgresTemplate.NAME));
    }

    private static void makeTables(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            JobQueue.create(database, QueueSettings.DEFAULT, _ -> {}).close();
        }
    }

    private static final class EmbeddedTemplate {
        private static final byte[] CONTENT = make();

        private static byte[] make() {
            try {
                Path directory = Files.createTempDirectory("millwright-template");
                makeTables(DatabaseSettings.embedded(directory));
                byte[] content = Files.readAllBytes(directory.resolve(FILE));
                PostgresServer.deleteTree(directory);
                return content;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private static final class PostgresTemplate {
        private static final String NAME = make();

        private static String make() {
            DatabaseSettings settings = PostgresServer.shared().newSettings();
            makeTables(settings);
            String url = settings.url();
            return url.substring(url.lastIndexOf('/') + 1);
        }
    }
}
