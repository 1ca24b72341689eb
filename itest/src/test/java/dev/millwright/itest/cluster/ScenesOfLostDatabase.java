package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The database of all servers is away, stands still, or has no connection left.
abstract class ScenesOfLostDatabase {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");

    private static final int CALLERS = 40;

    private final Stage stage;
    private final Cluster cluster;

    ScenesOfLostDatabase(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster();
    }

    @Test
    @Tag("R15")
    void stepsGoOnWhileTheDatabaseIsAway() throws Exception {
        List<String> runs = stage.holdEverywhere("database");

        stage.postgres().stop("immediate");
        stage.release();
        stage.awaitTrueEnds(runs);
        assertAllRefuse("database0");
        if (LONG) {
            await().pollDelay(Duration.ofMinutes(2))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> true);
        }
        stage.postgres().start();

        assertHealthy(runs);
    }

    @Test
    @Tag("R17")
    void stepsGoOnWhileTheDatabaseHasNoConnectionLeft() throws Exception {
        List<String> runs = stage.holdEverywhere("crowded");
        List<Integer> threads = cluster.servers().stream().map(ServerProcess::threads).toList();

        try (var _ = stage.postgres().takeAllConnections()) {
            stage.release();
            stage.awaitTrueEnds(runs);
            assertAllRefuse("crowded0");
            for (int i = 0; i < threads.size(); i++) {
                assertThat(cluster.server(i).threads())
                        .as("threads of server %d", i)
                        .isLessThan(threads.get(i) + CALLERS);
            }
        }

        assertHealthy(runs);
    }

    @Test
    @Tag("R18")
    void stepsGoOnWhileTheDatabaseStandsStill() throws Exception {
        List<String> runs = stage.holdEverywhere("still");

        stage.postgres().freeze();
        try {
            stage.release();
            stage.awaitTrueEnds(runs);
            assertAllRefuse("still0");
            if (LONG) {
                await().pollDelay(Duration.ofSeconds(30))
                        .atMost(Duration.ofSeconds(40))
                        .until(() -> true);
            }
        } finally {
            stage.postgres().thaw();
        }

        assertHealthy(runs);
    }

    /// Callers of each server, all at the same time, are told to come again before long.
    private void assertAllRefuse(String pipeline) throws InterruptedException, ExecutionException {
        long asked = System.nanoTime();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (ServerProcess server : cluster.servers()) {
                for (int i = 0; i < CALLERS; i++) {
                    answers.add(callers.submit(() -> server.knock(pipeline)));
                }
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(503);
            }
        }
        System.out.printf(
                "%d callers were refused within %.1f s%n",
                CALLERS * cluster.servers().size(), (System.nanoTime() - asked) / 1e9);
    }

    /// What ended in the meantime is told completely, and new runs are carried out.
    private void assertHealthy(List<String> before) throws IOException {
        long back = System.nanoTime();
        stage.assertAllWell(before, 1);
        System.out.printf(
                "%d steps had ended: all stored %.1f s after the database was back%n",
                before.size(), (System.nanoTime() - back) / 1e9);
        assertThat(cluster.servers()).allMatch(ServerProcess::isAlive);
    }
}
