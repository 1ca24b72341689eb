package dev.millwright.server.queue;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresStoredJobsIT extends StoredJobsContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }
}
