package dev.millwright.itest.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.ServerProcess;
import dev.millwright.itest.system.Truth;
import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many callers at once, while what they depend on goes down again and again: whatever was
/// acknowledged is carried out, and nothing twice.
class ManySendersIT {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// Acknowledgements between two kills.
    private static final int SOME = 25;

    @TempDir Path folder;

    @Test
    @Tag("R21")
    void nothingAcknowledgedIsLostWhenTheServerIsKilled() throws IOException {
        int kills = LONG ? 200 : 3;
        Truth truth = Truth.in(folder);
        ServerProcess server = ServerProcess.start(folder, Map.of());
        try (Senders senders = start(truth, server, 16)) {
            for (int i = 1; i <= kills; i++) {
                awaitMore(senders);
                server.kill();
                server = ServerProcess.start(folder, Map.of());
                senders.turnTo(server);
            }
            awaitMore(senders);
            senders.stop();
            awaitAllOnce(truth, senders.runs());
        } finally {
            server.close();
        }
    }

    @Test
    @Tag("R16")
    void nothingAcknowledgedIsLostWhenTheDatabaseCrashes() throws IOException {
        int crashes = LONG ? 30 : 3;
        Truth truth = Truth.in(folder);
        try (PostgresServer postgres = PostgresServer.create();
                ServerProcess server = ServerProcess.start(folder, ServerProcess.on(postgres));
                Senders senders = start(truth, server, 4)) {
            for (int i = 1; i <= crashes; i++) {
                awaitMore(senders);
                postgres.stop("immediate");
                int before = senders.refusals();
                await().atMost(PATIENCE).until(() -> senders.refusals() > before);
                postgres.start();
            }
            awaitMore(senders);
            senders.stop();
            awaitAllOnce(truth, senders.runs());
        }
    }

    private static Senders start(Truth truth, ServerProcess server, int count) throws IOException {
        server.apply(truth.pipeline(1, 0));
        return Senders.start(count, server);
    }

    private static void awaitMore(Senders senders) {
        int before = senders.acknowledgements();
        await().atMost(PATIENCE).until(() -> senders.acknowledgements() >= before + SOME);
    }

    private static void awaitAllOnce(Truth truth, List<String> runs) {
        List<String> expected = Truth.expected(List.copyOf(new HashSet<>(runs)), 1);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(truth.lines()).containsAll(expected));
        assertThat(truth.lines()).doesNotHaveDuplicates();
    }
}
