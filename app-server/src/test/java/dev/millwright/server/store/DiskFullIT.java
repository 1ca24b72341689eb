package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("R22")
class DiskFullIT {
    private static final int WRITERS = 4;

    @TempDir Path directory;
    private boolean mounted;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", directory.toString()) == 0;
        assumeThat(mounted).as("R22 needs a small disk, and only root may mount one").isTrue();
        Files.write(directory.resolve("filler"), new byte[6_000_000]);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", directory.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void r22SaysUnavailableWhenTheDiskIsFullAndLosesNothingThatWasPromised() throws Exception {
        Queue<Integer> promised = new ConcurrentLinkedQueue<>();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        try (Database database = Database.open(DatabaseSettings.embedded(directory))) {
            database.change(tx ->
                    tx.handle().execute("create table kept (id int primary key, data bytea)"));
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> writers = new ArrayList<>();
                for (int i = 0; i < WRITERS; i++) {
                    writers.add(
                            threads.submit(() -> {
                                while (refused.get() < 100) {
                                    write(database, next.incrementAndGet(), promised, refused);
                                }
                            }));
                }
                for (Future<?> writer : writers) {
                    writer.get();
                }
            }
            assertThat(promised).hasSizeGreaterThan(20);

            Files.delete(directory.resolve("filler"));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> write(database, next.incrementAndGet(), promised, refused));
            List<Integer> kept =
                    database.read(tx ->
                            tx.handle()
                                    .createQuery("select id from kept")
                                    .mapTo(Integer.class)
                                    .list());

            assertThat(kept).containsAll(promised);
        }
    }

    private static boolean write(
            Database database, int id, Queue<Integer> promised, AtomicInteger refused) {
        byte[] data = new byte[8_000];
        new Random(id).nextBytes(data);
        try {
            database.durable(tx -> tx.handle().execute("insert into kept values (?, ?)", id, data));
            promised.add(id);
            return true;
        } catch (StoreUnavailableException full) {
            refused.incrementAndGet();
            return false;
        }
    }
}
