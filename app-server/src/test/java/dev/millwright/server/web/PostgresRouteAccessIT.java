package dev.millwright.server.web;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;

class PostgresRouteAccessIT extends RouteAccessTest {
    @Override
    Database database() {
        return TestDatabases.postgresql();
    }
}
