package dev.millwright.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerHomeTest {
    @TempDir Path folder;

    @Test
    void isTheSameInEachLifeAndAnotherElsewhere() {
        UUID first;
        try (ServerHome home = ServerHome.take(folder.resolve("data"))) {
            first = home.id();
        }
        try (ServerHome again = ServerHome.take(folder.resolve("data"));
                ServerHome other = ServerHome.take(folder.resolve("other"))) {
            assertThat(again.id()).isEqualTo(first);
            assertThat(other.id()).isNotEqualTo(first);
        }
    }

    @Test
    void belongsToOneServerAtATime() {
        try (ServerHome home = ServerHome.take(folder)) {
            assertThat(home.id()).isNotNull();
            assertThatThrownBy(() -> ServerHome.take(folder))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("another server uses the data directory");
        }
    }
}
