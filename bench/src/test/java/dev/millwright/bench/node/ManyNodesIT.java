package dev.millwright.bench.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.event.EventQuery;
import dev.millwright.api.event.EventView;
import dev.millwright.bench.server.Databases;
import dev.millwright.bench.server.ServerHome;
import dev.millwright.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Many nodes of one real server, each with a certificate and a TLS connection of its own. How fast
/// they are is measured by the benchmark `nodes`.
@Isolated("handshakes of many nodes need the whole machine")
@Timeout(1800)
class ManyNodesIT {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final int NODES = LONG ? 1000 : 60;
    private static final Duration CALM = Duration.ofSeconds(LONG ? 600 : 15);

    @Test
    @Tag("R36")
    @Tag("R37")
    void areNeverTakenForSilentAndAllComeBackToAServerThatWasKilled(@TempDir Path folder)
            throws Exception {
        try (ServerHome home = ServerHome.create(folder, new Databases.H2());
                ServerProcess server = home.start();
                Crowd crowd = Crowd.join(server, home.linkPort(), NODES)) {
            crowd.connect();
            await().atMost(Duration.ofMinutes(3)).until(() -> crowd.connected() == NODES);
            assertCalm(server);

            server.kill();
            try (ServerProcess again = home.start()) {
                await().atMost(Duration.ofSeconds(60)).until(() -> crowd.connected() == NODES);
                assertCalm(again);
            }
        }
    }

    /// No node is said to be silent while all of them say that they live.
    private static void assertCalm(ServerProcess server) {
        await().during(CALM)
                .atMost(CALM.plusSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(silent(server)).isEmpty());
    }

    private static List<EventView> silent(ServerProcess server) {
        return Stream.of("node.suspect", "node.unreachable")
                .flatMap(type ->
                        server.client().events(EventQuery.ALL.ofType(type)).items().stream())
                .toList();
    }
}
