package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.DeliveryId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How and when wake-ups are handled. Each test breaks when an upgrade of JobRunr takes away what
/// one of our hooks stands on.
abstract class JobQueueContract extends JobQueueFixture {
    @Test
    void handlesEveryKindOfWakeup() {
        startAndSettle();
        List<Wakeup> all =
                List.of(
                        advance(),
                        new Wakeup.StartRun(new DeliveryId(UUID.randomUUID())),
                        new Wakeup.FireCron("main", "web", "nightly", Instant.EPOCH),
                        new Wakeup.Retention());

        all.forEach(this::enqueue);

        await().atMost(SOON).until(() -> handled.containsAll(all));
        assertThatThrownBy(() -> enqueue(new Wakeup.Sweep())).hasMessageContaining("not stored");
    }

    @Test
    void startsWakeupsLongBeforeThePoll() {
        startAndSettle();
        for (int i = 0; i < 20; i++) {
            Wakeup wakeup = advance();
            enqueue(wakeup);
            await().atMost(SOON).until(() -> handled.contains(wakeup));
        }
    }

    @Test
    void losesNoNudgeWhenManyCommitAtOnce() throws Exception {
        startAndSettle();
        int writers = 8;
        int each = 25;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    IntStream.range(0, each).forEach(_ -> enqueue(advance()))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // A lost nudge would leave the last ones until the poll
        await().atMost(SOON).until(() -> handled.size() == writers * each);
    }

    @Test
    void neverRunsMoreAtOnceThanThereAreWorkers() throws Exception {
        replaceQueue(NUDGED.withWorkers(4));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch go = new CountDownLatch(1);
        startAndSettle();
        handler =
                wakeup -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    four.countDown();
                    awaitQuietly(go);
                    now.decrementAndGet();
                    handled.add(wakeup);
                };
        database.change(tx -> IntStream.range(0, 100).forEach(_ -> queue.enqueue(tx, advance())));

        assertThat(four.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.stats().processing()).isEqualTo(4);
        go.countDown();
        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() == 100);
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void triesAgainAtOnceWhatFailed() {
        startAndSettle();
        AtomicInteger tries = new AtomicInteger();
        handler =
                wakeup -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    handled.add(wakeup);
                };
        enqueue(advance());

        await().atMost(SOON).until(() -> handled.size() == 1);
        assertThat(tries.get()).isEqualTo(3);
        await().atMost(SOON)
                .until(() ->
                        queue.jobs(JobState.SUCCEEDED, 1).stream()
                                .anyMatch(job -> job.attempts() == 3));
    }

    @Test
    void comesLaterWhenAskedFor() {
        replaceQueue(QueueSettings.DEFAULT);
        startAndSettle();
        Wakeup wakeup = advance();
        Instant at = Instant.now().plusSeconds(20);
        database.change(tx -> queue.enqueueAt(tx, wakeup, at));

        assertThat(queue.jobs(JobState.SCHEDULED, 5)).hasSize(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> handled.contains(wakeup));
        assertThat(Instant.now()).isBetween(at.minusSeconds(6), at.plusSeconds(8));
    }

    @Test
    void sweepsWhenAsked() {
        AtomicInteger sweeps = startSweeping(Duration.ofMinutes(5));
        queue.sweep();
        await().atMost(SOON).until(() -> sweeps.get() == 1);
        queue.sweep();
        await().atMost(SOON).until(() -> sweeps.get() == 2);
    }

    @Test
    void sweepsWithoutBeingAsked() {
        AtomicInteger sweeps = startSweeping(Duration.ofMillis(200));
        await().atMost(SOON).until(() -> sweeps.get() >= 2);
    }

    /// Sweeps that fail are followed by others.
    private AtomicInteger startSweeping(Duration pause) {
        AtomicInteger sweeps = new AtomicInteger();
        queue.close();
        queue =
                JobQueue.create(
                        database,
                        new QueueSettings(1, NUDGED.poll(), pause, NUDGED.keepSucceeded()),
                        wakeup -> {
                            if (wakeup instanceof Wakeup.Sweep) {
                                sweeps.incrementAndGet();
                                throw new IllegalStateException("a sweep that fails");
                            }
                        });
        queue.start();
        return sweeps;
    }

    @Test
    void showsWhatIsInTheQueue() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        replaceQueue(NUDGED.withWorkers(1));
        startAndSettle();
        CountDownLatch begun = new CountDownLatch(1);
        handler =
                wakeup -> {
                    begun.countDown();
                    awaitQuietly(go);
                    handled.add(wakeup);
                };
        enqueue(advance());
        begun.await();
        Wakeup.StartRun waiting = new Wakeup.StartRun(new DeliveryId(UUID.randomUUID()));
        enqueue(waiting);

        QueueStats stats = queue.stats();
        assertThat(stats.running()).isTrue();
        assertThat(stats.servers()).isEqualTo(1);
        assertThat(stats.workers()).isEqualTo(1);
        assertThat(stats.busy()).isEqualTo(1);
        assertThat(stats.enqueued()).isEqualTo(1);
        assertThat(stats.processing()).isEqualTo(1);
        assertThat(stats.oldestWaiting()).isPresent();
        assertThat(queue.jobs(JobState.ENQUEUED, 10))
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.kind()).isEqualTo("StartRun");
                    assertThat(job.target()).isEqualTo(waiting.delivery().toString());
                });
        go.countDown();
        await().atMost(SOON).until(() -> handled.size() == 2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
