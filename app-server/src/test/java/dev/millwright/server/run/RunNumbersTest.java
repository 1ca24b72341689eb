package dev.millwright.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunNumbersTest {
    private static final int AT_ONCE = 8;

    @TempDir Path directory;

    Database database() {
        return TestDatabases.embedded(directory);
    }

    @Test
    void firstRunsOfOnePipelineDoNotGetInEachOthersWay() throws Exception {
        try (Database database = database();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CyclicBarrier together = new CyclicBarrier(AT_ONCE);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                all.add(
                        threads.submit(() -> {
                            together.await();
                            RunStore.ensureNumbers(database, "default", "web");
                            return true;
                        }));
            }
            for (Future<?> each : all) {
                assertThat(each.get()).isEqualTo(true);
            }
            Optional<Long> number =
                    database.read(tx -> tx.dao(RunDao.class).counter("default", "web"));
            assertThat(number).contains(0L);
        }
    }
}
