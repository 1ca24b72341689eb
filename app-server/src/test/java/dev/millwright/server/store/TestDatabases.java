package dev.millwright.server.store;

import java.nio.file.Path;

/// Databases for tests: the embedded one, and a new one on the shared PostgreSQL server.
public final class TestDatabases {
    private TestDatabases() {}

    public static Database embedded(Path directory) {
        return Database.open(DatabaseSettings.embedded(directory));
    }

    public static Database postgresql() {
        return Database.open(PostgresServer.shared().newSettings());
    }
}
