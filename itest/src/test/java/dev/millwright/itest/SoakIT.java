package dev.millwright.itest;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Runs come in at three servers and run on many agents while one process after the other, a server
/// or an agent, is killed and started again: every run ends well, each step ran once, and each log
/// holds exactly what its step wrote.
///
/// The properties `millwright.soak.agents`, `.runs`, `.seconds`, `.every` (seconds between kills)
/// and `.seed` make it larger, smaller, or the same again.
@Isolated("its times are short, and what it starts needs the whole machine")
@Tag("R30")
@Timeout(2400)
class SoakIT {
    private static final boolean LONG = Boolean.getBoolean("millwright.long");
    private static final int AGENTS = number("agents", 20, 3);
    private static final int RUNS = number("runs", 2000, 30);
    private static final int SECONDS = number("seconds", 600, 12);
    private static final int EVERY = number("every", 10, 4);
    private static final long SEED = number("seed", (int) (System.nanoTime() >>> 8), 7);
    private static final int SERVERS = 3;
    private static final Duration AFTERWARDS = Duration.ofSeconds(LONG ? 900 : 90);

    @TempDir Path folder;
    private final Map<Integer, String> runs = new ConcurrentHashMap<>();

    private static int number(String name, int usual, int inTheGate) {
        return Integer.getInteger("millwright.soak." + name, LONG ? usual : inTheGate);
    }

    @Test
    void everyRunEndsThoughProcessesAreKilledAllTheTime() throws Exception {
        System.out.printf(
                "soak: %d servers, %d agents, %d runs in %d s, one kill every %d s, seed %d%n",
                SERVERS, AGENTS, RUNS, SECONDS, EVERY, SEED);
        Truth truth = Truth.in(folder);
        Path written = Files.createDirectories(folder.resolve("written"));
        try (PostgresServer postgres = PostgresServer.create();
                Cluster cluster = Cluster.start(folder, postgres, SERVERS, AGENTS, 2)) {
            cluster.anyServer().apply(truth.writing(written));
            long begin = System.nanoTime();
            Killer killer = new Killer(cluster, SEED);
            send(cluster, killer);
            double sent = (System.nanoTime() - begin) / 1e9;
            cluster.heal();

            Map<String, Long> ends = awaitEnds(cluster);

            System.out.printf(
                    "soak: %d runs ended %s, the last %.1f s after the last of %s kills, %.0f s after the first began%n",
                    runs.size(),
                    ends,
                    (System.nanoTime() - begin) / 1e9 - sent,
                    killer,
                    (System.nanoTime() - begin) / 1e9);
            assertThat(truth.lines())
                    .containsExactlyInAnyOrderElementsOf(
                            Truth.expected(List.copyOf(runs.values()), Truth.WRITING));
            assertThat(ends).containsOnlyKeys("success");
            compareLogs(cluster, written);
        }
    }

    /// Hand all runs in, evenly over the time, while the killer is at work.
    private void send(Cluster cluster, Killer killer)
            throws InterruptedException, ExecutionException {
        try (ScheduledExecutorService senders = Executors.newScheduledThreadPool(8);
                ScheduledExecutorService kills = Executors.newScheduledThreadPool(1)) {
            var killing =
                    kills.scheduleAtFixedRate(killer, EVERY * 1000L, EVERY * 1000L, MILLISECONDS);
            List<? extends Future<?>> sent =
                    IntStream.range(0, RUNS)
                            .mapToObj(i ->
                                    senders.schedule(
                                            () -> send(cluster, i),
                                            i * SECONDS * 1000L / RUNS,
                                            MILLISECONDS))
                            .toList();
            for (Future<?> one : sent) {
                one.get();
            }
            if (!killing.cancel(false)) {
                // It has failed, and this says why
                var _ = killing.get();
            }
        }
    }

    /// Hand one in, at whichever server takes it, until its run is known.
    private void send(Cluster cluster, int number) {
        int[] tries = {0};
        String run =
                await().atMost(Duration.ofSeconds(120))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(200))
                        .ignoreExceptions()
                        .until(
                                () ->
                                        cluster.server((number + tries[0]++) % SERVERS)
                                                .deliver("writing", "delivery-" + number),
                                known -> !known.isEmpty());
        runs.put(number, run);
    }

    private Map<String, Long> awaitEnds(Cluster cluster) {
        Map<String, String> ends = new TreeMap<>();
        for (String run : runs.values()) {
            ends.put(run, cluster.awaitEnd(run, AFTERWARDS));
        }
        return ends.values().stream()
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }

    private void compareLogs(Cluster cluster, Path written) throws IOException {
        long bytes = 0;
        int asked = 0;
        for (String run : runs.values()) {
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
