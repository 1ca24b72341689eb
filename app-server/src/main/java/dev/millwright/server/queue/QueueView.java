package dev.millwright.server.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobParameter;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.storage.JobStats;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProvider;
import org.jspecify.annotations.Nullable;

/// Show what is in the queue in our own words.
final class QueueView {
    private final StorageProvider storage;

    QueueView(StorageProvider storage) {
        this.storage = storage;
    }

    QueueStats stats(boolean running, int workers, int busy) {
        JobStats stats = storage.getJobStats();
        return new QueueStats(
                running,
                workers,
                busy,
                stats.getBackgroundJobServers(),
                stats.getEnqueued(),
                stats.getScheduled(),
                stats.getProcessing(),
                stats.getFailed(),
                stats.getSucceeded(),
                oldestWaiting());
    }

    private @Nullable Instant oldestWaiting() {
        return storage
                .getJobList(StateName.ENQUEUED, Paging.AmountBasedList.ascOnUpdatedAt(1))
                .stream()
                .findFirst()
                .map(Job::getUpdatedAt)
                .orElse(null);
    }

    List<QueuedJob> jobs(JobState state, int limit) {
        return storage
                .getJobList(
                        StateName.valueOf(state.name()),
                        Paging.AmountBasedList.descOnUpdatedAt(limit))
                .stream()
                .map(QueueView::show)
                .toList();
    }

    private static QueuedJob show(Job job) {
        Optional<WakeupJob> wakeup =
                job.getJobDetails().getJobParameters().stream()
                        .map(JobParameter::getObject)
                        .filter(WakeupJob.class::isInstance)
                        .map(WakeupJob.class::cast)
                        .findFirst();
        return new QueuedJob(
                job.getId(),
                wakeup.map(WakeupJob::kind).orElse("unknown"),
                wakeup.map(WakeupJob::target).orElse(job.getJobSignature()),
                JobState.valueOf(job.getState().name()),
                job.getCreatedAt(),
                job.getUpdatedAt(),
                (int) job.getJobStatesOfType(ProcessingState.class).count(),
                job.getLastJobStateOfType(FailedState.class)
                        .map(FailedState::getExceptionMessage)
                        .orElse(""));
    }
}
