package dev.millwright.server.trigger;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

class PostgresCronTriggerIT extends CronTriggerTest {
    @Override
    Database database(Path directory) {
        return TestDatabases.postgresql();
    }
}
