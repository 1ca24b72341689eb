package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import dev.millwright.server.store.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each test breaks when an upgrade of JobRunr takes away what one of our hooks stands on.
abstract class JobQueueContract {
    /// Far below JobRunr's own poll of five seconds.
    static final Duration SOON = Duration.ofSeconds(2);

    @TempDir Path directory;
    Database database;
    final Queue<Wakeup> handled = new ConcurrentLinkedQueue<>();
    volatile WakeupHandler handler = handled::add;
    JobQueue queue;

    abstract Database open();

    @BeforeEach
    void openQueue() {
        database = open();
        queue = newQueue(QueueSettings.DEFAULT);
    }

    JobQueue newQueue(QueueSettings settings) {
        return JobQueue.create(
                database,
                settings,
                wakeup -> {
                    if (!(wakeup instanceof Wakeup.Sweep)) {
                        handler.handle(wakeup);
                    }
                });
    }

    @AfterEach
    void closeAll() {
        queue.close();
        database.close();
    }

    static Wakeup.AdvanceRun advance() {
        return new Wakeup.AdvanceRun(new RunId(UUID.randomUUID()));
    }

    void enqueue(Wakeup wakeup) {
        database.change(tx -> queue.enqueue(tx, wakeup));
    }

    /// JobRunr's server takes jobs only some time after it began.
    void startAndSettle() {
        queue.start();
        Wakeup.AdvanceRun first = advance();
        enqueue(first);
        await().atMost(Duration.ofSeconds(10)).until(() -> handled.contains(first));
        handled.clear();
    }

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
        await().atMost(Duration.ofSeconds(4)).until(() -> handled.size() == writers * each);
    }

    @Test
    void neverRunsMoreAtOnceThanThereAreWorkers() {
        queue.close();
        queue = newQueue(QueueSettings.DEFAULT.withWorkers(4));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        handler =
                wakeup -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    pause(20);
                    now.decrementAndGet();
                    handled.add(wakeup);
                };
        startAndSettle();
        database.change(tx -> IntStream.range(0, 100).forEach(_ -> queue.enqueue(tx, advance())));

        await().atMost(Duration.ofSeconds(20)).until(() -> handled.size() == 100);
        assertThat(most.get()).isEqualTo(4);
    }

    @Test
    void keepsNothingOfATransactionThatIsRolledBack() {
        startAndSettle();
        assertThatThrownBy(() ->
                        database.change(tx -> {
                            queue.enqueue(tx, advance());
                            throw new IllegalArgumentException("no");
                        }))
                .isInstanceOf(IllegalArgumentException.class);

        QueueStats stats = queue.stats();
        assertThat(stats.enqueued() + stats.scheduled() + stats.processing()).isZero();
    }

    @Test
    void keepsWorkOfTheTransactionThatEnqueuesTheSameDeliveryAgain() {
        Wakeup.StartRun start = new Wakeup.StartRun(new DeliveryId(UUID.randomUUID()));
        database.change(tx -> tx.handle().execute("create table notes (text varchar(20))"));
        enqueue(start);
        database.change(tx -> {
            tx.handle().execute("insert into notes values ('kept')");
            queue.enqueue(tx, start);
            tx.handle().execute("insert into notes values ('kept too')");
        });

        long notes =
                database.<Long>read(tx ->
                        tx.handle()
                                .createQuery("select count(*) from notes")
                                .mapTo(Long.class)
                                .one());
        assertThat(notes).isEqualTo(2);
        assertThat(queue.stats().enqueued()).isEqualTo(1);
    }

    @Test
    void takesTheSameDeliveryAgainOnceItWasHandled() {
        startAndSettle();
        Wakeup.StartRun start = new Wakeup.StartRun(new DeliveryId(UUID.randomUUID()));
        enqueue(start);
        await().atMost(SOON)
                .until(() -> queue.jobs(JobState.SUCCEEDED, 5).toString().contains("StartRun"));
        enqueue(start);

        await().atMost(SOON).until(() -> handled.size() == 2);
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
    void s56DeletesForeignJobsBeforeTheyRun() {
        startAndSettle();
        List<JobDetails> foreign =
                List.of(
                        new JobDetails(
                                "java.lang.Runtime",
                                null,
                                "exec",
                                List.of(new JobParameter(String.class, "touch /tmp/pwned"))),
                        new JobDetails("java.lang.System", null, "gc", List.of()),
                        new JobDetails(Probe.class.getName(), null, "run", List.of()));
        List<UUID> ids = new ArrayList<>();
        for (JobDetails details : foreign) {
            Job job = new Job(UUID.randomUUID(), details, new EnqueuedState());
            QueueStorage.open(database).own().save(job);
            ids.add(job.getId());
        }
        Wakeup ours = advance();
        enqueue(ours);

        await().atMost(Duration.ofSeconds(4)).until(() -> handled.contains(ours));
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() ->
                        assertThat(ids)
                                .allMatch(id ->
                                        QueueStorage.open(database).own().getJobById(id).getState()
                                                == StateName.DELETED));
        assertThat(Probe.RUNS.get()).isZero();
        assertThat(queue.isRunning()).isTrue();
    }

    /// What a foreign job would call.
    public static final class Probe {
        static final AtomicInteger RUNS = new AtomicInteger();

        public static void run() {
            RUNS.incrementAndGet();
        }
    }

    @Test
    void r49EnqueuesAgainWhatWasDeletedByHand() {
        Wakeup.StartRun start = new Wakeup.StartRun(new DeliveryId(UUID.randomUUID()));
        enqueue(start);
        database.change(tx -> tx.handle().execute("delete from queue.jobrunr_jobs"));
        enqueue(start);
        queue.start();

        await().atMost(Duration.ofSeconds(10)).until(() -> handled.contains(start));
    }

    @Test
    void r50HandlesASucceededJobAgainWhenItIsPutBack() {
        startAndSettle();
        Wakeup wakeup = advance();
        enqueue(wakeup);
        await().atMost(SOON)
                .until(() ->
                        queue.jobs(JobState.SUCCEEDED, 5).stream()
                                .anyMatch(job -> job.target().equals(target(wakeup))));
        var storage = QueueStorage.open(database).own();
        QueuedJob done =
                queue.jobs(JobState.SUCCEEDED, 5).stream()
                        .filter(job -> job.target().equals(target(wakeup)))
                        .findFirst()
                        .orElseThrow();
        Job job = storage.getJobById(done.id());
        job.enqueue();
        storage.save(job);

        // Nobody nudged, so the poll finds it
        await().atMost(Duration.ofSeconds(8))
                .until(() -> handled.stream().filter(wakeup::equals).count() == 2);
    }

    private static String target(Wakeup wakeup) {
        return WakeupJob.of(wakeup).target();
    }

    @Test
    void comesLaterWhenAskedFor() {
        startAndSettle();
        Wakeup wakeup = advance();
        Instant at = Instant.now().plusSeconds(20);
        database.change(tx -> queue.enqueueAt(tx, wakeup, at));

        assertThat(queue.jobs(JobState.SCHEDULED, 5)).hasSize(1);
        await().atMost(Duration.ofSeconds(30)).until(() -> handled.contains(wakeup));
        assertThat(Instant.now()).isBetween(at.minusSeconds(6), at.plusSeconds(8));
    }

    @Test
    void sweepsWithoutBeingAskedAndWhenAsked() {
        AtomicInteger sweeps = new AtomicInteger();
        queue.close();
        queue =
                JobQueue.create(
                        database,
                        QueueSettings.DEFAULT,
                        wakeup -> {
                            if (wakeup instanceof Wakeup.Sweep) {
                                sweeps.incrementAndGet();
                                throw new IllegalStateException(
                                        "a failed sweep is followed by another");
                            }
                        });
        queue.start();
        queue.sweep();

        await().atMost(SOON).until(() -> sweeps.get() == 1);
        await().atMost(Duration.ofSeconds(7)).until(() -> sweeps.get() == 2);
    }

    @Test
    void showsWhatIsInTheQueue() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        queue.close();
        queue = newQueue(QueueSettings.DEFAULT.withWorkers(1));
        startAndSettle();
        CountDownLatch begun = new CountDownLatch(1);
        handler =
                wakeup -> {
                    begun.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
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

    @Test
    void keepsTheStoredFormOfWakeups() {
        // What older versions wrote is in the queues of users: these names must not change
        enqueue(new Wakeup.AdvanceRun(RunId.parse("0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0")));
        String json =
                database.<String>read(tx ->
                        tx.handle()
                                .createQuery("select jobasjson from queue.jobrunr_jobs")
                                .mapTo(String.class)
                                .one());

        assertThat(json)
                .contains("\"className\":\"dev.millwright.server.queue.WakeupJobHandler\"")
                .contains("\"dev.millwright.server.queue.WakeupJob\"")
                .contains("\"kind\":\"AdvanceRun\"")
                .contains("\"target\":\"0199c0de-1c2f-7a3b-8000-9a4d1c0ffee0\"");
    }

    static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
