package dev.millwright.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.delivery.Delivery;
import dev.millwright.server.delivery.DeliveryStatus;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresCronTriggerIT extends CronTriggerTest {
    private final DatabaseSettings settings = TestDatabases.postgresqlSettings();

    @Override
    Database database(Path directory) {
        return Database.open(settings);
    }

    @Test
    void serversThatTickTogetherReplaceEarlierOccurrencesOnly() throws Exception {
        apply("{schedule: '* * * * *', overlap: replace}");
        try (Database second = Database.open(settings);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CronTrigger other = CronTrigger.create(second, resources, intake, now::get);
            cron.tick();
            CyclicBarrier together = new CyclicBarrier(2);
            for (int minute = 1; minute <= 30; minute++) {
                now.updateAndGet(time -> time.plusSeconds(60));
                List<Future<Integer>> ticks =
                        List.of(
                                threads.submit(() -> tick(cron, together)),
                                threads.submit(() -> tick(other, together)));
                for (Future<Integer> tick : ticks) {
                    tick.get();
                }
                assertThat(all())
                        .filteredOn(one -> one.status() == DeliveryStatus.RECEIVED)
                        .extracting(Delivery::dedupeKey)
                        .containsExactly(now.get().toString());
            }
        }
    }

    private static int tick(CronTrigger trigger, CyclicBarrier together) throws Exception {
        together.await();
        return trigger.tick();
    }
}
