package dev.millwright.server.web;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server of its own for each test.
@Timeout(60)
abstract class OwnServer extends ServerFixture {
    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        open(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
