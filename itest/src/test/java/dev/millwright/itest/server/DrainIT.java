package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.itest.system.ServerProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What was decided about a node outlives the server.
class DrainIT {
    @TempDir Path folder;

    @Test
    @Timeout(120)
    void aDrainedNodeIsDrainedAfterAKill() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            assertThat(server.send("POST", "/api/v1/nodes/local/drain", "", Map.of()).statusCode())
                    .isEqualTo(200);
        }
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            assertThat(server.get("/api/v1/nodes").at("/items/0/state").asString(""))
                    .isEqualTo("draining");
        }
    }
}
