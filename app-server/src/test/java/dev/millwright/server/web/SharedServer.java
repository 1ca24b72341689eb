package dev.millwright.server.web;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One server for all tests of a class.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedServer extends ServerFixture {
    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        open(folder);
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
