package dev.millwright.server.event;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class EmbeddedEventFeedTest extends EventFeedContract {
    @Override
    Database open() {
        return TestDatabases.embedded(directory);
    }
}
