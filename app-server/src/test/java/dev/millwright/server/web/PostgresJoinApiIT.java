package dev.millwright.server.web;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresJoinApiIT extends JoinApiTest {
    @Override
    Database database() {
        return TestDatabases.postgresql();
    }
}
