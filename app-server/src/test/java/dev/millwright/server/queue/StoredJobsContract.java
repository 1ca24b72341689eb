package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.model.DeliveryId;
import dev.millwright.model.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.StateName;
import org.junit.jupiter.api.Test;

/// What the queue keeps in its tables, and what becomes of what others put there. Each test breaks
/// when an upgrade of JobRunr takes away what one of our hooks stands on.
abstract class StoredJobsContract extends JobQueueFixture {
    @Test
    void keepsNothingOfATransactionThatIsRolledBack() {
        startAndSettle();
        assertThatThrownBy(() ->
                        database.change(tx -> {
                            queue.enqueue(tx, advance());
                            throw new IllegalArgumentException("no");
                        }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(isIdle()).isTrue();
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

        await().atMost(SOON).until(() -> handled.contains(ours));
        await().atMost(SOON)
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
        replaceQueue(QueueSettings.DEFAULT);
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
        await().atMost(SOON).until(() -> handled.stream().filter(wakeup::equals).count() == 2);
    }

    private static String target(Wakeup wakeup) {
        return WakeupJob.of(wakeup).target();
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
}
