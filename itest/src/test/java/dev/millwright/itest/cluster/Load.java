package dev.millwright.itest.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.itest.system.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/// Deliveries that come in evenly, each again and again at one server after the other until its run
/// is known. Used by one thread.
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Cluster cluster;
    private final String pipeline;
    private final String name;
    private final AtomicInteger sent = new AtomicInteger();
    private final Map<Integer, String> runs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    private Load(Cluster cluster, String pipeline, String name) {
        this.cluster = cluster;
        this.pipeline = pipeline;
        this.name = name;
    }

    /// @param name of the load, which no other has
    /// @param every time between two deliveries
    static Load start(Cluster cluster, String pipeline, String name, Duration every) {
        Load load = new Load(cluster, pipeline, name);
        var _ =
                load.clock.scheduleAtFixedRate(
                        () -> load.senders.submit(() -> load.send(load.sent.getAndIncrement())),
                        0,
                        every.toMillis(),
                        MILLISECONDS);
        return load;
    }

    private void send(int number) {
        int[] tries = {0};
        String run =
                await().atMost(PATIENCE)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(200))
                        .ignoreExceptions()
                        .until(
                                () -> deliver(number, number + tries[0]++),
                                known -> !known.isEmpty());
        runs.put(number, run);
    }

    private String deliver(int number, int server) throws Exception {
        return cluster.server(server % cluster.servers().size())
                .deliver(pipeline, "%s-%d".formatted(name, number));
    }

    /// How many runs are known.
    int known() {
        return runs.size();
    }

    /// Send no more, and give the runs of all that was sent.
    List<String> stop() {
        close();
        assertThat(runs).as("runs of all that was sent").hasSize(sent.get());
        return List.copyOf(runs.values());
    }

    @Override
    public void close() {
        clock.close();
        senders.close();
    }
}
