package dev.millwright.server.run;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

class PostgresQueuedStepsIT extends QueuedStepsTest {
    @Override
    Database database(Path directory) {
        return TestDatabases.postgresql();
    }
}
