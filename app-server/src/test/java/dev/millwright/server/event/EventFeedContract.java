package dev.millwright.server.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.server.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

abstract class EventFeedContract {
    static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path directory;
    Database database;
    Journal journal;
    EventFeed feed;

    abstract Database open();

    @BeforeEach
    void openAll() {
        database = open();
        journal = Journal.create(database);
        feed = EventFeed.create(database, journal);
    }

    @AfterEach
    void closeAll() {
        feed.close();
        database.close();
    }

    static NewEvent event(String type) {
        return NewEvent.of("main", type, "subject", new Parameters(Map.of("k", "v")));
    }

    void append(String... types) {
        database.change(tx -> List.of(types).forEach(type -> journal.append(tx, event(type))));
    }

    static List<String> take(Subscription subscription, int count) throws InterruptedException {
        List<String> types = new ArrayList<>();
        while (types.size() < count) {
            Optional<Event> next = subscription.next(SOON);
            if (next.isEmpty()) {
                break;
            }
            types.add(next.get().type());
        }
        return types;
    }

    static List<Long> takeSeqs(Subscription subscription, int count) throws InterruptedException {
        List<Long> seqs = new ArrayList<>();
        while (seqs.size() < count) {
            Optional<Event> next = subscription.next(SOON);
            if (next.isEmpty()) {
                break;
            }
            seqs.add(next.get().seq());
        }
        return seqs;
    }

    @Test
    void handsOutWhatIsCommittedInOrder() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position())) {
            append("a", "b");
            append("c");

            assertThat(take(subscription, 3)).containsExactly("a", "b", "c");
            assertThat(subscription.next(Duration.ofMillis(50))).isEmpty();
            assertThat(subscription.isEnded()).isFalse();
        }
    }

    @Test
    void readsBackWhatItKeeps() {
        RunId run = new RunId(UUID.randomUUID());
        Parameters data = new Parameters(Map.of("list", List.of(1, "x"), "flag", true));
        database.change(
                tx -> journal.append(tx, NewEvent.of("ns", "run.started", "web #1", run, 7, data)));

        assertThat(journal.ofRun(run, 6, 10))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.namespace()).isEqualTo("ns");
                    assertThat(event.type()).isEqualTo("run.started");
                    assertThat(event.subject()).isEqualTo("web #1");
                    assertThat(event.run()).contains(run);
                    assertThat(event.runSeq()).isEqualTo(7);
                    assertThat(event.data()).isEqualTo(data);
                    assertThat(Duration.between(event.at(), java.time.Instant.now()).abs())
                            .isLessThan(Duration.ofSeconds(5));
                });
        assertThat(journal.ofRun(run, 7, 10)).isEmpty();
        assertThat(journal.last()).isPositive();
    }

    @Test
    void keepsNothingOfATransactionThatIsRolledBack() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position())) {
            assertThatThrownBy(() ->
                            database.change(tx -> {
                                journal.append(tx, event("lost"));
                                throw new IllegalArgumentException("no");
                            }))
                    .isInstanceOf(IllegalArgumentException.class);
            append("kept");

            assertThat(take(subscription, 1)).containsExactly("kept");
        }
    }

    @Test
    void waitsOnlyAMomentForAPlaceThatIsNeverFilled() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position())) {
            append("first");
            assertThat(take(subscription, 1)).containsExactly("first");
            long best = Long.MAX_VALUE;
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() ->
                                database.change(tx -> {
                                    RawEvents.insert(tx, "burnt");
                                    throw new IllegalArgumentException("no");
                                }))
                        .isInstanceOf(IllegalArgumentException.class);
                long start = System.nanoTime();
                append("second");

                assertThat(take(subscription, 1)).containsExactly("second");
                best = Math.min(best, System.nanoTime() - start);
            }
            assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(1_000));
        }
    }

    @Test
    void filtersByNamespaceTypeAndRun() throws Exception {
        RunId run = new RunId(UUID.randomUUID());
        long start = feed.position();
        EventFilter steps = EventFilter.ofRun(run).withTypes(Set.of("step.*", "run.finished"));
        try (Subscription live = feed.subscribe(steps, start)) {
            database.change(tx -> {
                for (String type : List.of("run.started", "step.started", "run.finished")) {
                    journal.append(tx, NewEvent.of("main", type, "s", run, 1, Parameters.NONE));
                }
                journal.append(tx, event("step.started"));
                journal.append(tx, NewEvent.of("other", "step.started", "s", Parameters.NONE));
            });

            assertThat(take(live, 2)).containsExactly("step.started", "run.finished");
            assertThat(live.next(Duration.ofMillis(50))).isEmpty();
        }
        // The same from the table
        assertThat(journal.after(start, steps, 10))
                .extracting(Event::type)
                .containsExactly("step.started", "run.finished");
        assertThat(journal.after(start, EventFilter.ofNamespace("other"), 10)).hasSize(1);
        assertThat(journal.after(start, EventFilter.ALL, 2)).hasSize(2);
    }

    @Test
    void resumesFromAnyPlaceWhileEventsGoOn() throws Exception {
        long start = feed.position();
        int before = 1_200;
        int after = 600;
        database.change(
                tx -> IntStream.range(0, before).forEach(_ -> journal.append(tx, event("x"))));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> writer =
                    threads.submit(() -> IntStream.range(0, after).forEach(_ -> append("y")));
            List<Long> seen = new ArrayList<>();
            long position = start;
            // A follower that hangs up and comes back many times
            while (seen.size() < before + after) {
                try (Subscription subscription = feed.subscribe(EventFilter.ALL, position)) {
                    int missing = before + after - seen.size();
                    List<Long> some = takeSeqs(subscription, Math.min(37, missing));
                    if (some.isEmpty()) {
                        break;
                    }
                    seen.addAll(some);
                    position = subscription.position();
                }
            }
            writer.get();

            assertThat(seen).hasSize(before + after).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void r42EveryFollowerSeesEachEventOnceAndInOrderHoweverTheyAreCommitted() throws Exception {
        int writers = 8;
        int each = 60;
        long start = feed.position();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Subscription first = feed.subscribe(EventFilter.ALL, start);
                Subscription second = feed.subscribe(EventFilter.ALL, start)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(
                        threads.submit(() ->
                                IntStream.range(0, each).forEach(n -> append("n" + n, "m" + n))));
            }
            Future<List<Long>> seen = threads.submit(() -> takeSeqs(first, 2 * writers * each));
            List<Long> seenToo = takeSeqs(second, 2 * writers * each);
            for (Future<?> one : all) {
                one.get();
            }

            List<Long> stored =
                    journal.after(start, EventFilter.ALL, 10_000).stream().map(Event::seq).toList();
            assertThat(stored).hasSize(2 * writers * each);
            assertThat(seen.get()).isEqualTo(stored);
            assertThat(seenToo).isEqualTo(stored);
        }
    }

    @Test
    void r43DropsAFollowerThatIsTooSlowAndTellsItWhereToResume() throws Exception {
        long start = feed.position();
        int count = Subscription.CAPACITY + 500;
        try (Subscription slow = feed.subscribe(EventFilter.ALL, start);
                Subscription quick = feed.subscribe(EventFilter.ALL, start);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            append("first");
            assertThat(take(slow, 1)).containsExactly("first");
            Future<List<Long>> others = threads.submit(() -> takeSeqs(quick, count + 1));
            for (int i = 0; i < count / 50; i++) {
                database.change(
                        tx -> IntStream.range(0, 50).forEach(_ -> journal.append(tx, event("x"))));
            }
            assertThat(others.get()).hasSize(count + 1);

            List<Long> buffered = takeSeqs(slow, count);
            assertThat(buffered).hasSize(Subscription.CAPACITY);
            assertThat(slow.isDropped()).isTrue();
            assertThat(slow.isEnded()).isTrue();
            try (Subscription resumed = feed.subscribe(EventFilter.ALL, slow.position())) {
                assertThat(takeSeqs(resumed, 500)).hasSize(500);
            }
            assertThat(quick.isDropped()).isFalse();
        }
    }

    @Test
    void endsItsFollowersWhenItIsClosed() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<Event>> waiting =
                    threads.submit(() -> subscription.next(Duration.ofSeconds(20)));
            feed.close();

            assertThat(waiting.get()).isEmpty();
            assertThat(subscription.isEnded()).isTrue();
            assertThat(subscription.isDropped()).isFalse();
        }
    }

    @Test
    void tellsFollowersWithinMilliseconds() throws Exception {
        try (Subscription subscription = feed.subscribe(EventFilter.ALL, feed.position())) {
            long[] nanos = new long[100];
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                append("x");
                assertThat(subscription.next(SOON)).isPresent();
                nanos[i] = System.nanoTime() - start;
            }
            long median = LongStream.of(nanos).sorted().skip(50).findFirst().orElseThrow();

            assertThat(Duration.ofNanos(median)).isLessThan(Duration.ofMillis(200));
        }
    }
}
