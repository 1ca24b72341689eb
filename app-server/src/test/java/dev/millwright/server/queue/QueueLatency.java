package dev.millwright.server.queue;

import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.PostgresServer;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Print how long a wake-up takes from the begin of the transaction that stores it to its handler.
final class QueueLatency {
    private QueueLatency() {}

    public static void main(String[] arguments) throws Exception {
        try (Database h2 = TestDatabases.embedded(Files.createTempDirectory("latency"))) {
            measure("H2", h2);
        }
        try (PostgresServer server = PostgresServer.create();
                Database postgresql = Database.open(server.newSettings())) {
            measure("PostgreSQL", postgresql);
        }
        System.exit(0);
    }

    private static void measure(String name, Database database) throws Exception {
        SynchronousQueue<Long> begun = new SynchronousQueue<>();
        AtomicInteger bulk = new AtomicInteger();
        try (JobQueue queue =
                JobQueue.create(
                        database,
                        QueueSettings.DEFAULT,
                        wakeup -> {
                            if (wakeup instanceof Wakeup.AdvanceRun) {
                                long at = System.nanoTime();
                                try {
                                    begun.put(at);
                                } catch (InterruptedException stopped) {
                                    Thread.currentThread().interrupt();
                                }
                            } else if (wakeup instanceof Wakeup.Retention) {
                                bulk.incrementAndGet();
                            }
                        })) {
            queue.start();
            int warm = 200;
            int count = 500;
            long[] plain = new long[count];
            long[] commit = new long[count];
            for (int i = -warm; i < count; i++) {
                Wakeup wakeup = new Wakeup.AdvanceRun(new RunId(UUID.randomUUID()));
                long start = System.nanoTime();
                database.durable(tx -> {
                    queue.enqueue(tx, wakeup);
                    return true;
                });
                long committed = System.nanoTime();
                Long at = begun.poll(10, TimeUnit.SECONDS);
                if (at == null) {
                    throw new IllegalStateException("lost");
                }
                if (i >= 0) {
                    plain[i] = at - start;
                    commit[i] = committed - start;
                }
                Thread.sleep(2);
            }
            print(name + " durable commit", commit);
            print(name + " start to handler", plain);
            int jobs = 3000;
            long start = System.nanoTime();
            for (int i = 0; i < jobs; i++) {
                database.change(tx -> queue.enqueue(tx, new Wakeup.Retention()));
            }
            long stored = System.nanoTime();
            while (bulk.get() < jobs) {
                Thread.sleep(1);
            }
            long end = System.nanoTime();
            System.out.printf(
                    "%s: %d jobs one by one: enqueue %.0f/s, all handled %.0f/s%n",
                    name, jobs, jobs / ((stored - start) / 1e9), jobs / ((end - start) / 1e9));
        }
    }

    private static void print(String name, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                "%s: p50 %.2f ms, p90 %.2f, p99 %.2f, max %.2f%n",
                name,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 9 / 10] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }
}
