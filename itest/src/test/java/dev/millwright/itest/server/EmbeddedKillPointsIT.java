package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EmbeddedKillPointsIT extends KillPoints {
    @Override
    Map<String, String> database() {
        return Map.of();
    }

    @Test
    @Tag("R52")
    void aSecondServerOnTheSameDatabaseIsRefused() throws IOException {
        try (ServerProcess first = ServerProcess.start(folder, Map.of())) {
            assertThat(first.get("/readyz").at("/ready").asBoolean()).isTrue();
            assertThatThrownBy(() -> ServerProcess.start(folder, Map.of()))
                    .hasMessageContaining("the server cannot start");
        }
    }
}
