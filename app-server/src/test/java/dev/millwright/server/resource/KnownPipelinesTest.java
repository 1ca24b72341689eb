package dev.millwright.server.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.resource.Resource;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownPipelinesTest {
    @TempDir Path folder;
    private Database database;
    private Resources here;

    /// Another server on the same database.
    private Resources elsewhere;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder);
        Journal journal = Journal.create(database);
        here = Resources.create(database, journal, InstantSource.system());
        elsewhere = Resources.create(database, journal, InstantSource.system());
        apply(here, "one", "true");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static void apply(Resources to, String name, String command) {
        String text =
                "kind: Pipeline\nmetadata: {name: %s}\nspec: {steps: [{name: a, commands: ['%s']}]}\n"
                        .formatted(name, command);
        if (ManifestReader.read("all.yaml", text, "default")
                instanceof ManifestReader.Reading.Read(List<Manifest> manifests)) {
            assertThat(to.applyAll(manifests, ApplyOptions.DEFAULT)).hasSize(1);
        } else {
            throw new AssertionError(text);
        }
    }

    private List<String> names() {
        return here.pipelines().stream().map(Resource::name).toList();
    }

    @Test
    void areNotReadAgainWhileNothingChanges() {
        List<Resource> first = here.pipelines();
        assertThat(here.pipelines()).isSameAs(first).hasSize(1);
    }

    @Test
    void followWhatOthersApplyChangeAndDelete() {
        assertThat(names()).containsExactly("one");
        apply(elsewhere, "two", "true");
        assertThat(names()).containsExactly("one", "two");
        apply(elsewhere, "two", "false");
        assertThat(here.pipelines().getLast().spec().toString()).contains("false");
        assertThat(elsewhere.delete("Pipeline", "default", "one", ApplyOptions.DEFAULT))
                .isInstanceOf(DeleteResult.Deleted.class);
        assertThat(names()).containsExactly("two");
    }

    @Test
    void areReadInFullNowAndThenWhateverTheMarkSays() {
        AtomicLong nanos = new AtomicLong();
        AtomicInteger reads = new AtomicInteger();
        KnownPipelines known =
                new KnownPipelines(
                        () -> new KnownPipelines.Mark(1, 1, Instant.EPOCH),
                        () -> {
                            reads.incrementAndGet();
                            return List.of();
                        },
                        nanos::get);
        assertThat(known.all()).isEmpty();
        nanos.addAndGet(KnownPipelines.TRUSTED.toNanos() - 1);
        assertThat(known.all()).isEmpty();
        assertThat(reads).hasValue(1);
        nanos.incrementAndGet();
        assertThat(known.all()).isEmpty();
        assertThat(reads).hasValue(2);
    }

    @Test
    void nobodyWaitsForSomebodyElseWhoReadsThem() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        KnownPipelines known =
                new KnownPipelines(
                        () -> new KnownPipelines.Mark(1, 1, Instant.EPOCH),
                        () -> {
                            if (reads.incrementAndGet() == 1) {
                                reading.countDown();
                                awaitQuietly(mayEnd);
                            }
                            return List.of();
                        },
                        () -> 0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Resource>> slow = threads.submit(known::all);
            assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();

            Future<List<Resource>> quick = threads.submit(known::all);

            assertThat(quick.get(30, TimeUnit.SECONDS)).isEmpty();
            assertThat(slow.isDone()).isFalse();
            mayEnd.countDown();
            assertThat(slow.get(30, TimeUnit.SECONDS)).isEmpty();
        } finally {
            mayEnd.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
