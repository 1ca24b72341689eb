package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostgresDatabaseIT extends DatabaseContract {
    @Override
    Database open() {
        return Database.open(PostgresServer.shared().newSettings());
    }

    @Test
    void refusesAServerThatMayLoseCommits() throws Exception {
        PostgresServer server = PostgresServer.shared();
        DatabaseSettings settings = server.newSettings();
        String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
        try (var connection = DriverManager.getConnection(server.url(), server.user(), "")) {
            connection
                    .createStatement()
                    .execute("alter database " + name + " set synchronous_commit = off");
        }

        assertThatThrownBy(() -> Database.open(settings))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("synchronous_commit=off");
    }

    @Test
    void r15SaysUnavailableWhileTheServerIsAwayAndGoesOnAfterwards() {
        try (PostgresServer server = PostgresServer.create();
                Database opened = Database.open(server.newSettings())) {
            AtomicInteger woken = new AtomicInteger();
            opened.broadcast()
                    .listen("test_channel", Broadcast.Listener.waking(woken::incrementAndGet));
            opened.ping();
            await().atMost(Duration.ofSeconds(5)).until(() -> woken.get() == 1);

            server.stop("immediate");
            assertThatThrownBy(opened::ping).isInstanceOf(StoreUnavailableException.class);
            server.start();

            await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(opened::ping);
            // The listener connected again and looked once
            await().atMost(Duration.ofSeconds(10)).until(() -> woken.get() == 2);
            opened.change(tx -> tx.handle().execute("notify test_channel"));
            await().atMost(Duration.ofSeconds(5)).until(() -> woken.get() == 3);
        }
    }

    @Test
    void r18GivesUpOnAFrozenServer() {
        try (PostgresServer server = PostgresServer.create();
                Database opened = Database.open(server.newSettings())) {
            opened.ping();
            server.freeze();
            long start = System.nanoTime();
            assertThatThrownBy(opened::ping).isInstanceOf(StoreUnavailableException.class);
            org.assertj.core.api.Assertions.assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(16));
            server.thaw();

            await().atMost(Duration.ofSeconds(15)).ignoreExceptions().untilAsserted(opened::ping);
        }
    }
}
