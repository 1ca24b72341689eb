package dev.millwright.server.poll;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

class PostgresPollTroubleIT extends PollTroubleTest {
    @Override
    Database database(Path directory) {
        return TestDatabases.postgresql();
    }
}
