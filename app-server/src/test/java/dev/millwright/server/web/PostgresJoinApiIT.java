package dev.millwright.server.web;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

class PostgresJoinApiIT extends JoinApiTest {
    @Override
    Database database(Path folder) {
        return TestDatabases.postgresql();
    }
}
