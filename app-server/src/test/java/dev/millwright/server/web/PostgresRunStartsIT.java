package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.api.run.StartRunRequest;
import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Runs of one pipeline take their numbers one after the other.
class PostgresRunStartsIT extends OwnServer {
    private static final int AT_ONCE = 12;

    @Override
    Database database() {
        return TestDatabases.postgresql();
    }

    @Override
    void prepare() {
        server.pipeline("busy", "steps: [{name: ok, commands: ['true']}]");
        server.finish(server.begin("busy"));
    }

    /// While another server holds the pipeline's number, the connections are there for other work.
    @Test
    void onlyOneOfAServerWaitsInTheDatabase() throws Exception {
        Callable<RunId> start =
                () -> server.client.startRun("default", "busy", StartRunRequest.of(Map.of())).run();
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RunId>> begun =
                    server.database.write(tx -> {
                        tx.handle()
                                .execute(
                                        "select from pipeline_counters where pipeline = 'busy' for update");
                        List<Future<RunId>> sent =
                                Stream.generate(() -> senders.submit(start))
                                        .limit(AT_ONCE)
                                        .toList();
                        await().until(() -> waiting() > 0);
                        await().during(Duration.ofSeconds(1)).until(() -> waiting() == 1);
                        return sent;
                    });

            Set<RunId> runs = new HashSet<>();
            for (Future<RunId> each : begun) {
                runs.add(each.get());
            }
            assertThat(runs).hasSize(AT_ONCE);
        }
    }

    /// Asked for outside of any transaction: within one, PostgreSQL goes on saying what it said
    /// first.
    private int waiting() {
        return server.database.read(tx ->
                tx.handle()
                        .createQuery(
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                        .mapTo(Integer.class)
                        .one());
    }
}
