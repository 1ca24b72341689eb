package dev.millwright.server.web;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

/// A whole server for the tests of a class. It works on the embedded database, and in the subclass
/// that does the same on PostgreSQL on another one.
///
/// Start with [SharedServer] or [OwnServer].
abstract class ServerFixture {
    Path directory;
    ApiServer server;

    Database database() {
        return TestDatabases.embedded(directory.resolve("data"));
    }

    /// Make what the tests work with, once the server is there.
    void prepare() throws Exception {}

    final void open(Path folder) throws Exception {
        directory = folder;
        server = new ApiServer(directory, database());
        prepare();
    }
}
