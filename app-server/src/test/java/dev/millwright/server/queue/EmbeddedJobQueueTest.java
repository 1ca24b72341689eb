package dev.millwright.server.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.junit.jupiter.api.Test;

class EmbeddedJobQueueTest extends JobQueueContract {
    @Override
    Database open() {
        return Database.open(DatabaseSettings.embedded(directory));
    }

    @Test
    void takesUpAtOnceWhatADeadServerHadInHand() {
        var storage = QueueStorage.open(database).own();
        UUID dead = UUID.randomUUID();
        List<Wakeup> lost = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Wakeup wakeup = advance();
            lost.add(wakeup);
            Job job =
                    new Job(
                            UUID.randomUUID(),
                            0,
                            new JobDetails(WakeupJob.of(wakeup)),
                            new ArrayList<>(
                                    List.of(
                                            new EnqueuedState(),
                                            new ProcessingState(dead, "dead"))),
                            new java.util.concurrent.ConcurrentHashMap<>());
            storage.save(job);
        }
        storage.announceBackgroundJobServer(
                new BackgroundJobServerStatus(
                        dead,
                        "dead",
                        1,
                        5,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        java.time.Instant.now().minusSeconds(60),
                        java.time.Instant.now(),
                        true,
                        1L,
                        1L,
                        0.0,
                        1L,
                        1L,
                        1L,
                        0.0));

        queue.start();

        await().atMost(SOON).until(() -> handled.containsAll(lost));
        assertThat(queue.stats().servers()).isLessThanOrEqualTo(1);
    }

    @Test
    void closesWithinSeconds() {
        startAndSettle();
        long start = System.nanoTime();
        queue.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
}
