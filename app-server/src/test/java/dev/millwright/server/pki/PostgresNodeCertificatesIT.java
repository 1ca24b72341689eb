package dev.millwright.server.pki;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;

class PostgresNodeCertificatesIT extends NodeCertificatesTest {
    @Override
    Database database(Path directory) {
        return TestDatabases.postgresql();
    }
}
