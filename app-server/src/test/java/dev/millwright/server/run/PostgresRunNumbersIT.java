package dev.millwright.server.run;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresRunNumbersIT extends RunNumbersTest {
    @Override
    Database database() {
        return TestDatabases.postgresql();
    }
}
