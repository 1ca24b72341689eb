package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.otel.OtlpReceiver;
import dev.millwright.testkit.BuiltPlugin;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A collector in trouble for so long that not everything can be kept for it: runs go on as if
/// nothing was, a bounded number of things waits, and what is given up is counted.
@Tag("R54")
@Timeout(300)
class ExporterTroubleIT {
    private static final int RUNS = 12;
    private static final int KEPT = 6;

    @TempDir Path folder;

    @BeforeEach
    void installPlugin() throws IOException {
        Path plugins = Files.createDirectories(folder.resolve("data/plugins"));
        Path plugin = BuiltPlugin.in(Path.of("../plugins/otel-export/target"));
        Files.copy(plugin, plugins.resolve(plugin.getFileName()));
    }

    private static String resources(int port) {
        return """
        kind: Exporter
        metadata: {name: traces}
        spec:
          type: otel
          keep-most: %d
          with: {endpoint: "http://127.0.0.1:%d", timeout: 2s}
        ---
        kind: Pipeline
        metadata: {name: web}
        spec:
          steps: [{name: build, commands: ["echo built"]}]
        """
                .formatted(KEPT, port);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(200));
    }

    private static JsonNode outbox(ServerProcess server) throws IOException {
        return server.get("/api/v1/queue").at("/outbox/0");
    }

    private static List<String> events(ServerProcess server) throws IOException {
        List<String> types = new ArrayList<>();
        server.get("/api/v1/events?type=outbox.*&limit=100")
                .at("/items")
                .forEach(event -> types.add(event.at("/type").asString("")));
        return types;
    }

    @Test
    void aCollectorThatAnswersWithErrors() throws IOException {
        try (OtlpReceiver receiver = new OtlpReceiver(0);
                ServerProcess server = ServerProcess.start(folder, Map.of())) {
            receiver.refuse(500);
            server.apply(resources(receiver.port()));
            long dropped = runsEndAndWhatWaitsIsBounded(server);
            assertThat(outbox(server).at("/reason").asString("")).contains("answered 500");

            receiver.refuse(0);
            isTheSameOnceItIsWell(server, dropped);
            assertThat(receiver.spans()).isNotEmpty();
        }
    }

    @Test
    void aCollectorThatNeverAnswers() throws IOException {
        int port = Ports.free();
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            long dropped;
            // Connections are made, and nobody reads what comes
            try (ServerSocket _ = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
                server.apply(resources(port));
                dropped = runsEndAndWhatWaitsIsBounded(server);
                assertThat(outbox(server).at("/reason").asString("")).contains("cannot be reached");
            }
            try (OtlpReceiver receiver = new OtlpReceiver(port)) {
                isTheSameOnceItIsWell(server, dropped);
                assertThat(receiver.spans()).isNotEmpty();
            }
        }
    }

    /// Gives how many things were given up.
    private static long runsEndAndWhatWaitsIsBounded(ServerProcess server) throws IOException {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(server.deliver("web", "delivery-" + i));
        }
        for (String run : runs) {
            assertThat(server.awaitEnd(run)).isEqualTo("success");
        }
        eventually().until(() -> outbox(server).at("/waiting").asInt(0) <= KEPT);
        eventually().until(() -> outbox(server).at("/failing").asInt(0) > 0);
        long dropped = outbox(server).at("/dropped").asLong(0);
        // Each run is told of when it begins and when it ends
        assertThat(dropped).isEqualTo(2L * RUNS - outbox(server).at("/waiting").asLong(0));
        assertThat(events(server)).contains("outbox.failing", "outbox.dropped");
        return dropped;
    }

    private static void isTheSameOnceItIsWell(ServerProcess server, long dropped)
            throws IOException {
        eventually().until(() -> outbox(server).at("/waiting").asInt(-1) == 0);
        assertThat(outbox(server).at("/dropped").asLong(0)).isEqualTo(dropped);
        eventually().until(() -> events(server).contains("outbox.recovered"));
    }
}
