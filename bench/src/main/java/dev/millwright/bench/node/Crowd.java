package dev.millwright.bench.node;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.bench.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Many nodes of one server. Any thread.
public final class Crowd implements AutoCloseable {
    private static final int HANDS = 4;

    private final Network network;
    private final ScheduledExecutorService beats = timer("beats");

    /// Of its own: to open a connection takes longer than to say that one is alive.
    private final ScheduledExecutorService connects = timer("connects");

    private final List<LightNode> nodes = new ArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicReference<String> lastFailure = new AtomicReference<>("");
    private volatile long lastTaken;

    private Crowd(Network network) {
        this.network = network;
    }

    /// Have so many nodes join, each with a token of its own. None is connected yet.
    public static Crowd join(ServerProcess server, int linkPort, int size)
            throws InterruptedException {
        Crowd crowd = new Crowd(new Network(linkPort));
        try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
            List<Future<Membership>> joins = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int place = i;
                joins.add(
                        hands.submit(
                                () -> Membership.join(server, crowd.network, place, name(place))));
            }
            for (Future<Membership> join : joins) {
                crowd.nodes.add(new LightNode(crowd, join.get(), crowd.nodes.size()));
            }
        } catch (ExecutionException failed) {
            crowd.close();
            throw new BenchException("a node could not join: " + failed.getCause(), failed);
        }
        return crowd;
    }

    /// The name of a node, by its number.
    public static String name(int place) {
        return "node-%04d".formatted(place);
    }

    /// Connect all.
    public void connect() {
        nodes.forEach(LightNode::connect);
    }

    /// How many the server has welcomed.
    public int connected() {
        return connected.get();
    }

    /// How many steps were taken so far.
    public int taken() {
        return taken.get();
    }

    /// When the last step was taken, by [System#nanoTime()].
    public long lastTakenNanos() {
        return lastTaken;
    }

    /// Why the last connection broke.
    public String lastFailure() {
        return lastFailure.get();
    }

    Network network() {
        return network;
    }

    void arrived(int change) {
        connected.addAndGet(change);
    }

    void tookOne() {
        lastTaken = System.nanoTime();
        taken.incrementAndGet();
    }

    void broken(Throwable failure) {
        lastFailure.set(failure.toString());
    }

    void beatAfter(long millis, Runnable beat) {
        schedule(beats, millis, beat);
    }

    void connectAfter(Duration pause, Runnable connect) {
        schedule(connects, pause.toMillis(), connect);
    }

    private static void schedule(ScheduledExecutorService timer, long millis, Runnable work) {
        if (!timer.isShutdown()) {
            var _ = timer.schedule(work, millis, TimeUnit.MILLISECONDS);
        }
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void close() {
        beats.shutdownNow();
        connects.shutdownNow();
        nodes.forEach(LightNode::close);
        network.close();
    }
}
