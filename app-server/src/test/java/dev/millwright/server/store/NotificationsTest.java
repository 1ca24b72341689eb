package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A listener whose database is away.
@Timeout(60)
class NotificationsTest {
    /// Notes when it is asked for a connection, and gives none.
    private static final class Away extends BareDataSource {
        final List<Long> asked = new CopyOnWriteArrayList<>();
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        @Override
        public Connection getConnection() throws SQLException {
            threads.add(Thread.currentThread());
            asked.add(System.nanoTime());
            if (asked.size() == 1) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("away");
        }
    }

    @Test
    void pausesBetweenItsTriesThoughItsThreadWasInterrupted() {
        Away away = new Away();
        try (Notifications notifications = new Notifications(away, "self")) {
            notifications.listen("channel", new Nothing());
            await().atMost(Duration.ofSeconds(30)).until(() -> away.asked.size() >= 4);

            // The first pause may be cut short
            assertThat(Duration.ofNanos(away.asked.get(3) - away.asked.get(1)))
                    .isGreaterThan(Duration.ofMillis(900));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> away.threads.stream().noneMatch(Thread::isAlive));
    }

    private static final class Nothing implements Broadcast.Listener {
        @Override
        public void heard(String text) {}

        @Override
        public void missed() {}
    }
}
