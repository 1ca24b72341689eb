package dev.millwright.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Three servers on one PostgreSQL, and three agents that may be connected to any of them.
///
/// The processes are shared; what a test kills is started again before the next one.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(240)
class ServersWithNodesIT {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir static Path folder;
    private static PostgresServer postgres;
    private static Cluster cluster;
    private static Truth truth;
    private static int scenes;
    private Path go;

    @BeforeAll
    static void start() throws IOException {
        postgres = PostgresServer.create();
        truth = Truth.in(folder);
        cluster = Cluster.start(folder, postgres, 3, 3, 2);
    }

    @BeforeEach
    void heal() throws IOException {
        cluster.heal();
        go = folder.resolve("go-" + ++scenes);
    }

    @AfterAll
    static void stop() {
        cluster.close();
        postgres.close();
    }

    /// Hand in a delivery and give its run, once that is known.
    private String begin(ServerProcess server, String pipeline) throws IOException {
        return begin(server, pipeline, pipeline + "-" + go.getFileName());
    }

    private static String begin(ServerProcess server, String pipeline, String delivery) {
        return await().atMost(PATIENCE)
                .until(() -> server.deliver(pipeline, delivery), run -> !run.isEmpty());
    }

    /// A pipeline whose steps, one after the other, run on these nodes, print a line, wait for the
    /// word to go, and print another.
    private void applyHolding(String name, ClusterAgent... nodes) throws IOException {
        cluster.anyServer()
                .apply(truth.holding(name, go, Stream.of(nodes).map(ClusterAgent::name).toList()));
    }

    private void awaitTruth(String line) {
        await().atMost(PATIENCE).until(() -> truth.lines().contains(line));
    }

    private List<String> truthOf(String run) {
        return truth.lines().stream().filter(line -> line.startsWith(run)).toList();
    }

    private void assertCompleteAndOnce(String run, int steps) throws IOException {
        assertThat(truthOf(run)).containsExactlyElementsOf(Truth.held(run, steps));
        for (int i = 0; i < steps; i++) {
            assertThat(cluster.anyServer().log(run, "0/" + i)).isEqualTo(Truth.HELD_LOG);
        }
    }

    @Test
    void stepsOfRunsOfEachServerRunOnNodesOfTheOthers() throws IOException {
        cluster.spread();
        assertThat(cluster.agents()).extracting(cluster::serverOf).containsExactly(0, 1, 2);
        applyHolding("spread", cluster.agent(0), cluster.agent(1), cluster.agent(2));
        Files.createFile(go);
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(begin(cluster.server(i), "spread", "spread-" + i));
        }
        for (String run : runs) {
            assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
            assertCompleteAndOnce(run, 3);
        }
    }

    @Test
    void aCancelAtOneServerEndsAStepWhoseNodeIsAtAnother() throws IOException {
        ClusterAgent agent = cluster.agent(1);
        applyHolding("cancelled", agent);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        String run = begin(server, "cancelled");
        awaitTruth(run + " 0");

        server.cancel(run);

        assertThat(cluster.awaitEnd(run, Duration.ofSeconds(20))).isEqualTo("cancelled");
        Files.createFile(go);
        assertThat(truthOf(run)).containsExactly(run + " 0");
        await().atMost(PATIENCE).until(() -> !Cluster.isRunning(run));
    }

    @Test
    void theLogOfANodeAtOneServerIsFollowedAtAnother() throws IOException {
        ClusterAgent agent = cluster.agent(2);
        applyHolding("followed", agent);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        String run = begin(server, "followed");
        awaitTruth(run + " 0");

        try (Stream<String> lines = server.follow(run, "0/0")) {
            Iterator<String> line = lines.iterator();
            assertThat(line.next()).isEqualTo("first line");
            // Only now, so the line came before the end of the step
            Files.createFile(go);
            assertThat(line.next()).isEqualTo("last line");
            assertThat(line).isExhausted();
        }
    }

    @Test
    void anyServerDrainsResumesAndExplainsANodeOfAnother() throws IOException {
        ClusterAgent agent = cluster.agent(0);
        ServerProcess server = cluster.server(cluster.elsewhere(agent));
        Files.createFile(go);
        applyHolding("drained", agent);
        Cluster.decide(server, agent, "drain");
        String run = begin(server, "drained");

        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> {
                        for (ServerProcess one : cluster.servers()) {
                            assertThat(Cluster.reasons(one, run))
                                    .anyMatch(reason -> reason.matches("a0 .*drain.*"))
                                    .anyMatch(reason -> reason.startsWith("a1 "))
                                    .anyMatch(reason -> reason.startsWith("a2 "));
                        }
                    });
            assertThat(truthOf(run)).isEmpty();
        } finally {
            Cluster.decide(server, agent, "resume");
        }
        assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
        assertCompleteAndOnce(run, 1);
    }

    @Test
    @Tag("R29")
    void aNodeWhoseServerIsKilledGoesOnAtAnother() throws IOException {
        ClusterAgent agent = cluster.agent(1);
        ClusterAgent next = cluster.agent(2);
        int dies = cluster.serverOf(agent);
        applyHolding("killed", agent, next);
        // Started by the server that dies, which drives it, and whose node carries it out
        String run = begin(cluster.server(dies), "killed");
        awaitTruth(run + " 0");

        cluster.server(dies).kill();
        long death = System.nanoTime();
        Files.createFile(go);

        await().atMost(PATIENCE).until(() -> cluster.serverOf(agent) != dies);
        double back = (System.nanoTime() - death) / 1e9;
        awaitTruth(run + " 1");
        double on = (System.nanoTime() - death) / 1e9;
        System.out.printf(
                "a server was killed: its node was at another after %.1f s, its run went on after %.1f s%n",
                back, on);
        assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
        assertCompleteAndOnce(run, 2);
    }

    @Test
    @Tag("R28")
    void whatAServerWritesThatStoodStillChangesNothing() throws Exception {
        ClusterAgent agent = cluster.agent(0);
        int stands = cluster.elsewhere(agent);
        applyHolding("frozen", agent, agent);
        ServerProcess sleeper = cluster.server(stands);
        String run = begin(sleeper, "frozen");
        awaitTruth(run + " 0");

        cluster.freeze(stands);
        // It takes this in hand when it wakes, with what it remembers of the run
        Thread late =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                sleeper.cancel(run);
                            } catch (IOException tooLate) {
                                // It need not be answered
                            }
                        });
        Files.createFile(go);
        assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
        await().atMost(PATIENCE).until(() -> cluster.isLost("local-" + stands));
        if (LONG) {
            var _ = late.join(Duration.ofSeconds(60));
        }
        cluster.thaw(stands);

        var _ = late.join(Duration.ofSeconds(20));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(
                                        sleeper.get("/api/v1/runs/" + run)
                                                .at("/run/status")
                                                .asString(""))
                                .isEqualTo("success"));
        assertCompleteAndOnce(run, 2);
        await().atMost(PATIENCE).until(() -> !cluster.isLost("local-" + stands));
        assertThat(cluster.awaitEnd(begin(sleeper, "frozen", "after"), PATIENCE))
                .isEqualTo("success");
    }

    @Test
    @Tag("R31")
    void stepsEndWhileNoServerIsThere() throws IOException {
        List<String> runs = holdEverywhere("away");

        cluster.servers().forEach(ServerProcess::kill);
        Files.createFile(go);
        for (String run : runs) {
            awaitTruth(run + " 0 end");
        }
        if (LONG) {
            await().pollDelay(Duration.ofMinutes(5))
                    .atMost(Duration.ofMinutes(6))
                    .until(() -> true);
        }
        long up = System.nanoTime();
        cluster.heal();
        for (String run : runs) {
            assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
            assertCompleteAndOnce(run, 1);
        }
        System.out.printf(
                "all servers were away while %d steps ended: all told %.1f s after their start began%n",
                runs.size(), (System.nanoTime() - up) / 1e9);
    }

    /// A run on each agent, started at each of the servers in turn, whose step runs.
    private List<String> holdEverywhere(String name) throws IOException {
        List<String> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            applyHolding(name + i, cluster.agent(i));
            String run = begin(cluster.server(i), name + i);
            runs.add(run);
        }
        runs.forEach(run -> awaitTruth(run + " 0"));
        return runs;
    }

    @Test
    @Tag("R15")
    void stepsGoOnWhileTheDatabaseIsAway() throws IOException {
        List<String> runs = holdEverywhere("database");

        postgres.stop("immediate");
        Files.createFile(go);
        for (String run : runs) {
            awaitTruth(run + " 0 end");
        }
        for (ServerProcess server : cluster.servers()) {
            assertThat(server.knock("database0")).isEqualTo(503);
        }
        if (LONG) {
            await().pollDelay(Duration.ofMinutes(2))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> true);
        }
        postgres.start();
        long up = System.nanoTime();
        for (String run : runs) {
            assertThat(cluster.awaitEnd(run, PATIENCE)).isEqualTo("success");
            assertCompleteAndOnce(run, 1);
        }
        System.out.printf(
                "the database was away while %d steps ended: all stored %.1f s after it was back%n",
                runs.size(), (System.nanoTime() - up) / 1e9);
        assertThat(cluster.servers()).allMatch(ServerProcess::isAlive);
    }
}
