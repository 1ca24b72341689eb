package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What callers are told while others hold every connection of the database.
@Tag("R17")
@Isolated("it counts the threads of the process")
@Timeout(120)
class ExhaustedDatabaseIT {
    private static final int CALLERS = 60;

    @TempDir Path directory;

    @Test
    void callersAreToldToTryAgainAndNothingPilesUp() throws Exception {
        try (PostgresServer postgres = PostgresServer.create();
                ApiServer server =
                        new ApiServer(directory, Database.open(postgres.newSettings()))) {
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            try (var _ = postgres.takeAllConnections();
                    ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> calls = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    calls.add(callers.submit(() -> server.get("/api/v1/namespaces").statusCode()));
                }
                for (Future<Integer> call : calls) {
                    assertThat(call.get()).isEqualTo(503);
                }
            }
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .as("threads")
                    .isLessThan(before + CALLERS);

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.get("/api/v1/namespaces").statusCode() == 200);
        }
    }
}
