package dev.millwright.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogLine;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.server.store.TestDatabases;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostgresLogStoreIT extends LogStoreContract {
    @Override
    Database open() {
        return TestDatabases.postgresql();
    }

    @Test
    void followersOfAnotherServerAreTold() throws Exception {
        DatabaseSettings settings = TestDatabases.postgresqlSettings();
        try (Database here = Database.open(settings);
                Database there = Database.open(settings)) {
            LogStore writing = LogStore.create(here);
            AttemptId shared = LogRows.newAttempt(here);
            try (LogFollower follower = LogStore.create(there).follow(shared, 0)) {
                follower.next(10, Duration.ofMillis(300));
                long[] nanos = new long[10];
                for (int i = 0; i < nanos.length; i++) {
                    String line = "line " + i;
                    long start = System.nanoTime();
                    chunks(writing.position(shared), List.of(line), 1)
                            .forEach(chunk -> writing.append(shared, chunk));
                    assertThat(follower.next(10, Duration.ofSeconds(10)).lines())
                            .extracting(LogLine::text)
                            .containsExactly(line);
                    nanos[i] = System.nanoTime() - start;
                }
                LogRows.finish(here, shared);
                writing.wake(shared);
                follower.next(10, Duration.ofSeconds(10));
                assertThat(follower.isEnded()).isTrue();
                long median = LongStream.of(nanos).sorted().skip(5).findFirst().orElseThrow();
                // Well below the looks that are taken every two seconds anyway
                assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(800));
            }
        }
    }
}
