package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.CrashHook;
import dev.millwright.itest.system.ServerProcess;
import dev.millwright.itest.system.Truth;
import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Servers in processes of their own on one PostgreSQL.
@Timeout(180)
class ClusterIT {
    @TempDir Path folder;
    private Map<String, String> shared = Map.of();

    @BeforeEach
    void share() throws IOException {
        shared = Cluster.shared(folder, PostgresServer.shared());
    }

    private ServerProcess start(String name) throws IOException {
        Map<String, String> environment = new HashMap<>(shared);
        environment.put("MILLWRIGHT_NODE_NAME", name);
        environment.put(CrashHook.VARIABLE, crash(name).toString());
        return ServerProcess.start(Files.createDirectories(folder.resolve(name)), environment);
    }

    /// The file that makes this server die at a point.
    private Path crash(String name) {
        return folder.resolve(name + ".crash");
    }

    private static List<String> events(ServerProcess server) throws IOException {
        JsonNode events = server.get("/api/v1/events?type=server.*&limit=100");
        return StreamSupport.stream(events.at("/items").spliterator(), false)
                .map(event -> event.at("/type").asString(""))
                .toList();
    }

    @Test
    void whatAKilledServerAcceptedIsDecidedByAnother() throws IOException {
        try (ServerProcess dies = start("dies");
                ServerProcess lives = start("lives")) {
            lives.apply(Truth.in(folder).pipeline(1, 0));
            // It dies when it has taken the wake-up of an accepted delivery in hand
            Files.writeString(crash("dies"), "K03");
            Files.writeString(crash("lives"), "");
            List<String> accepted = new ArrayList<>();
            for (int i = 0; i < 200 && dies.isAlive(); i++) {
                try {
                    accepted.add(dies.deliver("truth", "delivery-" + i));
                } catch (IOException died) {
                    // Whether it was accepted is not known
                }
            }
            dies.awaitDeath();
            long death = System.nanoTime();
            assertThat(accepted).isNotEmpty();

            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            lives.get("/api/v1/deliveries?status=received").at("/items").isEmpty());
            System.out.printf(
                    "%d deliveries accepted by a server that died; decided by another %.1f s after"
                            + " its death%n",
                    accepted.size(), (System.nanoTime() - death) / 1e9);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(events(lives))
                                    .filteredOn(type -> type.equals("server.lost"))
                                    .hasSize(1));
        }
    }

    @Test
    void anEventOfOneServerIsSeenThroughTheOther() throws IOException {
        try (ServerProcess one = start("one");
                ServerProcess two = start("two")) {
            assertThat(two.get("/api/v1/servers").at("/items")).hasSize(2);
            one.apply(Truth.in(folder).pipeline(1, 0));
            assertThat(two.get("/api/v1/namespaces/default/pipelines").at("/items")).hasSize(1);
            assertThat(events(two)).containsOnly("server.started").hasSize(2);
        }
    }
}
