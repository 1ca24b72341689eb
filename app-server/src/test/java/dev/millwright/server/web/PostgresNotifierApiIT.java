package dev.millwright.server.web;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresNotifierApiIT extends NotifierApiTest {
    @Override
    Database database() {
        return TestDatabases.postgresql();
    }
}
