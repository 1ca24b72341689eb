package dev.millwright.server.cluster;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class EmbeddedServersTest extends ServersContract {
    @Override
    Database open() {
        return TestDatabases.embedded(directory);
    }
}
