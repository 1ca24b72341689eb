package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Servers that start at the same moment on a database that is empty.
@Tag("B07")
@Timeout(300)
class StartTogetherIT {
    private static final int SERVERS = 3;
    private static final int ROUNDS = 10;

    @Test
    void oneMakesTheTablesAndNobodyFails() throws Exception {
        CyclicBarrier together = new CyclicBarrier(SERVERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                DatabaseSettings settings = PostgresServer.shared().newSettings();
                List<Future<Boolean>> starts = new ArrayList<>();
                for (int server = 0; server < SERVERS; server++) {
                    starts.add(threads.submit(() -> start(settings, together)));
                }
                for (Future<Boolean> start : starts) {
                    assertThat(start.get()).isTrue();
                }
            }
        }
    }

    private static boolean start(DatabaseSettings settings, CyclicBarrier together)
            throws Exception {
        together.await();
        try (Database database = Database.open(settings);
                JobQueue queue = JobQueue.create(database, QueueSettings.DEFAULT, _ -> {})) {
            queue.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> queue.stats().servers() == SERVERS);
            // Nobody leaves before all have seen each other
            together.await();
            return queue.isRunning();
        }
    }
}
