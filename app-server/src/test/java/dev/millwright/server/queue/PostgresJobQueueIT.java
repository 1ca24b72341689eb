package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.PostgresServer;
import dev.millwright.server.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class PostgresJobQueueIT extends JobQueueContract {
    @Override
    Database open() {
        return Database.open(PostgresServer.shared().newSettings());
    }

    @Test
    void wakesAnotherServerOnTheSameDatabase() {
        DatabaseSettings settings = PostgresServer.shared().newSettings();
        Queue<Wakeup> elsewhere = new ConcurrentLinkedQueue<>();
        try (Database first = Database.open(settings);
                Database second = Database.open(settings);
                JobQueue idle = JobQueue.create(first, NUDGED, _ -> {});
                JobQueue working = newQueue(second, NUDGED, elsewhere::add)) {
            working.start();
            Wakeup settle = advance();
            first.change(tx -> idle.enqueue(tx, settle));
            await().atMost(SOON).until(() -> elsewhere.contains(settle));

            for (int i = 0; i < 10; i++) {
                Wakeup wakeup = advance();
                // The first server is not started, so only the announcement can wake the second
                first.change(tx -> idle.enqueue(tx, wakeup));
                await().atMost(SOON).until(() -> elsewhere.contains(wakeup));
            }
        }
    }

    @Test
    void r15GoesOnByItselfWhenTheDatabaseIsBack() throws Exception {
        try (PostgresServer server = PostgresServer.create();
                Database opened = Database.open(server.newSettings());
                JobQueue tried = newQueue(opened, QueueSettings.DEFAULT, handled::add)) {
            tried.start();
            Wakeup before = advance();
            opened.change(tx -> tried.enqueue(tx, before));
            await().atMost(Duration.ofSeconds(10)).until(() -> handled.contains(before));

            server.stop("immediate");
            assertThatThrownBy(() -> opened.change(tx -> tried.enqueue(tx, advance())))
                    .isInstanceOf(StoreUnavailableException.class);
            // JobRunr gives up at its next heartbeat
            await().atMost(Duration.ofSeconds(40)).until(() -> !tried.isRunning());
            server.start();
            Instant back = Instant.now();
            await().atMost(Duration.ofSeconds(10)).until(tried::isRunning);

            Wakeup after = advance();
            await().atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> {
                        opened.change(tx -> tried.enqueue(tx, after));
                        return true;
                    });
            await().atMost(Duration.ofSeconds(10)).until(() -> handled.contains(after));
            assertThat(Duration.between(back, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }
}
