package dev.millwright.itest.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.AgentProcess;
import dev.millwright.itest.system.Cluster;
import dev.millwright.itest.system.Truth;
import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Runs come in at three servers and run on many agents while one process after the other, a server
/// or an agent, is killed or ended in order, and started again: every run ends well, each step ran
/// once, and each log holds exactly what its step wrote.
///
/// The properties `millwright.soak.agents`, `.runs`, `.seconds`, `.every` (seconds between kills)
/// and `.seed` make it larger, smaller, or the same again.
@Isolated("its times are short, and what it starts needs the whole machine")
@Timeout(2400)
class SoakIT {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final int AGENTS = number("agents", 20, 3);
    private static final int RUNS = number("runs", 2000, 30);
    private static final int SECONDS = number("seconds", 600, 12);
    private static final int EVERY = number("every", 10, 3);
    private static final long SEED = number("seed", (int) (System.nanoTime() >>> 8), 7);
    private static final int SERVERS = 3;

    /// The exit code of a JVM that was ended by SIGTERM.
    private static final int TERMINATED = 143;

    private static final Duration PACE = Duration.ofSeconds(SECONDS).dividedBy(RUNS);
    private static final Duration AFTERWARDS = Duration.ofSeconds(LONG ? 900 : 90);

    @TempDir static Path folder;
    private static PostgresServer postgres;
    private static Cluster cluster;
    private static Truth truth;
    private static Path written;

    private static int number(String name, int usual, int inTheGate) {
        return Integer.getInteger("millwright.soak." + name, LONG ? usual : inTheGate);
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = PostgresServer.create();
        cluster = Cluster.start(folder, postgres, SERVERS, AGENTS, 2);
        truth = Truth.in(folder);
        written = Files.createDirectories(folder.resolve("written"));
        cluster.anyServer().apply(truth.writing(written));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
        postgres.close();
    }

    @Test
    @Tag("R30")
    void everyRunEndsThoughProcessesAreKilledAllTheTime() throws Exception {
        System.out.printf(
                "soak: %d servers, %d agents, %d runs in %d s, one kill every %d s, seed %d%n",
                SERVERS, AGENTS, RUNS, SECONDS, EVERY, SEED);
        Killer killer = new Killer(cluster, SEED);
        List<String> runs = sendAll(killer);
        cluster.heal();
        System.out.printf("soak: %s kills%n", killer);

        assertAllWell(runs);
    }

    /// Hand all runs in, evenly over the time, while the killer is at work.
    private static List<String> sendAll(Killer killer)
            throws InterruptedException, ExecutionException {
        try (Load load = Load.start(cluster, "writing", "killed", PACE);
                ScheduledExecutorService kills = Executors.newScheduledThreadPool(1)) {
            var killing = kills.scheduleAtFixedRate(killer, EVERY, EVERY, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(SECONDS).plus(AFTERWARDS))
                    .until(() -> load.known() >= RUNS);
            if (!killing.cancel(false)) {
                // It has failed, and this says why
                var _ = killing.get();
            }
            return load.stop();
        }
    }

    @Test
    @Tag("R32")
    void noRunFailsWhileEverythingIsRestartedInTurn() throws IOException {
        cluster.heal();
        long begin = System.nanoTime();
        try (Load load = Load.start(cluster, "writing", "restarted", PACE.multipliedBy(2))) {
            for (int server = 0; server < SERVERS; server++) {
                assertThat(cluster.server(server).terminate()).isEqualTo(TERMINATED);
                cluster.restart(server);
            }
            for (AgentProcess agent : cluster.agents()) {
                assertThat(agent.terminate()).isZero();
                cluster.heal();
            }

            System.out.printf(
                    "soak: %d servers and %d agents restarted in turn within %.1f s%n",
                    SERVERS, AGENTS, (System.nanoTime() - begin) / 1e9);

            assertAllWell(load.stop());
        }
    }

    /// Every run ended well, each step ran once, and each log holds exactly what its step wrote.
    private static void assertAllWell(List<String> runs) throws IOException {
        long begin = System.nanoTime();
        Map<String, Long> ends = awaitEnds(runs);
        System.out.printf(
                "soak: %d runs ended %s, the last %.1f s after the last of these\n",
                runs.size(), ends, (System.nanoTime() - begin) / 1e9);
        Set<String> these = Set.copyOf(runs);
        assertThat(truth.lines())
                .filteredOn(line -> these.contains(line.split(" ")[0]))
                .containsExactlyInAnyOrderElementsOf(Truth.expected(runs, Truth.WRITING));
        assertThat(ends).containsOnlyKeys("success");
        compareLogs(runs);
    }

    private static Map<String, Long> awaitEnds(List<String> runs) {
        Map<String, String> ends = new TreeMap<>();
        for (String run : runs) {
            ends.put(run, cluster.awaitEnd(run, AFTERWARDS));
        }
        return ends.values().stream()
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }

    private static void compareLogs(List<String> runs) throws IOException {
        long bytes = 0;
        int asked = 0;
        for (String run : runs) {
            for (int step = 0; step < Truth.WRITING; step++) {
                String wrote = Files.readString(written.resolve(run + "-" + step));
                String log =
                        cluster.server(asked++ % SERVERS).log(run, Truth.WRITING_PATHS.get(step));
                assertThat(log).as("log of step %d of run %s", step, run).isEqualTo(wrote);
                bytes += log.length();
            }
        }
        System.out.printf("soak: %d logs with %d bytes are complete%n", asked, bytes);
    }
}
