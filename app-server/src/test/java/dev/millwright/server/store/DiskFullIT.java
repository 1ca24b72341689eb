package dev.millwright.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

    private static final long MIN_FREE = 2L << 20;

    @TempDir Path directory;
    private final Queue<Integer> promised = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger next = new AtomicInteger();
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
        try (Database database = open()) {
            writeUntilRefused(database);
            assertNothingIsLost(database);
        }
    }

    /// Somebody else takes what is left at once, so that writes fail halfway: the way through the
    /// floor that no look before a write can see.
    @Test
    void r22LosesNothingThatWasPromisedWhenSomebodyElseFillsTheDisk() throws Exception {
        try (Database database = open()) {
            Thread other =
                    Thread.ofVirtual()
                            .start(() -> {
                                await().until(() -> promised.size() > 50);
                                fillUp();
                            });
            writeUntilRefused(database);
            other.join();
            assertNothingIsLost(database);
        }
    }

    @Test
    void readsWhileTheDiskIsFullAndSaysWhatIsMissing() {
        try (Database database = Database.open(settings())) {
            database.change(tx -> tx.handle().execute("create table kept (id int primary key)"));
            fillUp();

            assertThatThrownBy(() ->
                            database.change(
                                    tx -> tx.handle().execute("insert into kept values (1)")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageMatching(
                            "the disk of \\Q%s\\E is full: [0-9.]+ KiB are free, and the database takes nothing below 2 MiB \\(database\\.min-free\\)"
                                    .formatted(directory));
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void makesAFolderOfItsOwnWhereThereIsRoom() {
        DatabaseSettings deep =
                DatabaseSettings.embedded(directory.resolve("not/yet")).withMinFree(MIN_FREE);

        try (Database database = Database.open(deep)) {
            database.ping();
        }
    }

    @Test
    void doesNotOpenOnAFullDisk() {
        fillUp();

        assertThatThrownBy(() -> Database.open(settings()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("is full");
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.embedded(directory).withMinFree(MIN_FREE);
    }

    private Database open() {
        Database database = Database.open(settings());
        database.change(
                tx -> tx.handle().execute("create table kept (id int primary key, data bytea)"));
        return database;
    }

    private static int count(Database database) {
        return database.read(tx ->
                tx.handle().createQuery("select count(*) from kept").mapTo(Integer.class).one());
    }

    private void fillUp() {
        try (var file = Files.newOutputStream(directory.resolve("other"))) {
            while (true) {
                file.write(new byte[64_000]);
            }
        } catch (IOException full) {
            // That is what was wanted
        }
    }

    private void writeUntilRefused(Database database) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(
                        threads.submit(() -> {
                            while (refused.get() < 1000) {
                                write(database);
                            }
                        }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(promised).hasSizeGreaterThan(20);
    }

    private void assertNothingIsLost(Database database) throws IOException {
        Files.delete(directory.resolve("filler"));
        Files.deleteIfExists(directory.resolve("other"));
        await().atMost(Duration.ofSeconds(10)).until(() -> write(database));
        List<Integer> kept =
                database.read(tx ->
                        tx.handle().createQuery("select id from kept").mapTo(Integer.class).list());

        assertThat(kept).containsAll(promised);
    }

    private boolean write(Database database) {
        int id = next.incrementAndGet();
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
