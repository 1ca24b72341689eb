package dev.millwright.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TestDatabases;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostgresEventFeedIT extends EventFeedContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }

    @Test
    void waitsForAnEventWhoseTransactionCommitsAfterALaterOne() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            append("first");
            assertThat(take(subscription, 1)).containsExactly("first");
            database.change(tx -> {
                RawEvents.insert(tx, "early");
                // Commits before the one that has the lower place
                Future<?> other = threads.submit(() -> append("late"));
                await().until(other::isDone);
            });

            assertThat(take(subscription, 2)).containsExactly("early", "late");
        }
    }

    @Test
    void tellsFollowersOfAnotherServer() throws Exception {
        DatabaseSettings settings = TestDatabases.postgresqlSettings();
        try (Database here = Database.open(settings);
                Database there = Database.open(settings)) {
            Journal writing = Journal.create(here);
            Journal reading = Journal.create(there);
            try (EventFeed own = EventFeed.create(here, writing);
                    EventFeed other = EventFeed.create(there, reading);
                    Subscription subscription =
                            other.subscribe(EventFilter.ALL, other.position())) {
                assertThat(own.position()).isZero();
                subscription.next(Duration.ofMillis(300));
                long[] nanos = new long[10];
                for (int i = 0; i < nanos.length; i++) {
                    long start = System.nanoTime();
                    here.change(tx -> writing.append(tx, event("far")));
                    assertThat(take(subscription, 1)).containsExactly("far");
                    nanos[i] = System.nanoTime() - start;
                }
                long median = LongStream.of(nanos).sorted().skip(5).findFirst().orElseThrow();
                // Well below the look that is taken every second anyway
                assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(400));
            }
        }
    }

    /// A database that is closed under the reader would fail it with whatever comes.
    @Test
    void isClosedOnlyWhenNothingIsBeingReadAnyMore() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> closing =
                    database.write(tx -> {
                        tx.handle().execute("lock table events in access exclusive mode");
                        await().until(() -> hasWaiting(tx));
                        Future<?> begun = threads.submit(feed::close);
                        await().during(Duration.ofMillis(300)).until(() -> !begun.isDone());
                        return begun;
                    });
            closing.get();
        }
    }

    private static boolean hasWaiting(Tx tx) {
        return tx.handle()
                .createQuery("select exists (select from pg_locks where not granted)")
                .mapTo(Boolean.class)
                .one();
    }
}
