package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.NodeName;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyArrivalsTest {
    private static final int MANY = 40;
    private static final NodeHello HELLO =
            new NodeHello(
                    1,
                    new NodeProfile("1", "b", "l", Map.of(), Map.of(), Set.of("process"), 2),
                    List.of(),
                    false,
                    List.of(),
                    Set.of());

    @TempDir Path folder;

    private final CountDownLatch free = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();

    /// All come back after a restart of the server, which has more to do than to take them in.
    @Test
    void whileManyNodesArriveTheDatabaseIsThereForOthersAndInTheEndAllAreIn() throws Exception {
        try (Database database = TestDatabases.embedded(folder);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Nodes nodes =
                    new Nodes(database, Journal.create(database), new Fleet(), () -> {}, _ -> {});
            List<Future<Boolean>> arrivals = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                NodeName name = new NodeName("node-" + i);
                arrivals.add(
                        threads.submit(() ->
                                nodes.arrive(name, UUID.randomUUID(), HELLO, (_, _) -> isFree())));
            }

            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> inside.get() == 4);
            assertThatCode(database::ping).doesNotThrowAnyException();
            free.countDown();
            for (Future<Boolean> arrival : arrivals) {
                assertThat(arrival.get(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(nodes.all()).hasSize(MANY);
        }
    }

    private boolean isFree() {
        inside.incrementAndGet();
        try {
            return free.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
