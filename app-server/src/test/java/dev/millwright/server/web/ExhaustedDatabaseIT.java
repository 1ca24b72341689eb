package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.PostgresServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
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

/// What callers are told while others hold every connection of the database.
@Tag("R17")
@Timeout(120)
class ExhaustedDatabaseIT {
    private static final int CALLERS = 60;

    @TempDir Path directory;
    private final List<Connection> others = new ArrayList<>();

    @Test
    void callersAreToldToTryAgainAndNothingPilesUp() throws Exception {
        try (PostgresServer postgres = PostgresServer.create();
                ApiServer server =
                        new ApiServer(directory, Database.open(postgres.newSettings()))) {
            int before = ManagementFactory.getThreadMXBean().getThreadCount();
            takeAll(postgres);
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
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

            for (Connection other : others) {
                other.close();
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.get("/api/v1/namespaces").statusCode() == 200);
        }
    }

    /// Take what is free, end what the server has, and take that, too.
    private void takeAll(PostgresServer postgres) {
        for (int rounds = 0; rounds < 20; rounds++) {
            try {
                while (true) {
                    others.add(DriverManager.getConnection(postgres.url(), postgres.user(), ""));
                }
            } catch (SQLException full) {
                if (endOthers() == 0) {
                    return;
                }
            }
        }
    }

    private int endOthers() {
        try (var statement = others.getFirst().createStatement();
                var ended =
                        statement.executeQuery(
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'millwright'")) {
            ended.next();
            return ended.getInt(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
