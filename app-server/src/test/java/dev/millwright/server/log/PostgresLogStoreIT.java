package dev.millwright.server.log;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresLogStoreIT extends LogStoreContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }
}
