package dev.millwright.bench.server;

import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.PostgresServer;
import java.nio.file.Path;

/// Gives every server a new, empty database.
public sealed interface Databases extends AutoCloseable {
    /// The settings of a new database for the server with that data directory.
    DatabaseSettings next(Path dataDirectory);

    /// As people call it.
    String name();

    /// How many times slower than the goals, which are for H2, it may be.
    double allowance();

    @Override
    void close();

    /// The embedded database.
    record H2() implements Databases {
        @Override
        public DatabaseSettings next(Path dataDirectory) {
            return DatabaseSettings.embedded(dataDirectory);
        }

        @Override
        public String name() {
            return "H2";
        }

        @Override
        public double allowance() {
            return 1;
        }

        @Override
        public void close() {
            // Lives and ends with its server
        }
    }

    /// A PostgreSQL server of its own on this machine.
    record Postgresql(PostgresServer server) implements Databases {
        public static Postgresql start() {
            return new Postgresql(PostgresServer.create());
        }

        @Override
        public DatabaseSettings next(Path dataDirectory) {
            return DatabaseSettings.server(dataDirectory, server.newDatabase(), server.user(), "");
        }

        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public double allowance() {
            return 1.5;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
