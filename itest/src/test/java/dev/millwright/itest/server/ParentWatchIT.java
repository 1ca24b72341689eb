package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.itest.system.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server that was started for somebody does not outlive him.
class ParentWatchIT {
    @TempDir Path folder;

    @Test
    @Timeout(90)
    void aServerEndsInGoodOrderWhenItsParentIsGone() throws Exception {
        try (ServerProcess server =
                ServerProcess.start(folder, Map.of("MILLWRIGHT_ENDS_WITH_PARENT", "true"))) {
            server.closeInput();

            server.awaitDeath();
            assertThat(server.exitCode()).isZero();
        }
    }
}
