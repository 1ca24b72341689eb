package dev.millwright.itest.cluster;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Three servers on one PostgreSQL, and three agents that may be connected to any of them.
///
/// The processes are shared by all scenes; what one of them kills is started again before the next.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(240)
class ServersWithNodesIT {
    @TempDir static Path folder;
    private static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        stage = Stage.open(folder);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void nextScene() throws IOException {
        stage.nextScene();
    }

    @Nested
    class InOrder extends ScenesInOrder {
        InOrder() {
            super(stage);
        }
    }

    @Nested
    class WithLostServers extends ScenesOfLostServers {
        WithLostServers() {
            super(stage);
        }
    }

    @Nested
    class WithLostDatabase extends ScenesOfLostDatabase {
        WithLostDatabase() {
            super(stage);
        }
    }
}
