package dev.millwright.server.queue;

import static org.jobrunr.jobs.states.StateName.PROCESSING;

import java.util.List;
import java.util.function.Predicate;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.storage.BackgroundJobServerStatus;
import org.jobrunr.storage.ConcurrentJobModificationException;
import org.jobrunr.storage.Paging;
import org.jobrunr.storage.StorageProvider;

/// Put back what servers had in hand that are known to be gone, without waiting for JobRunr to
/// notice. Only for servers of which that is certain.
final class OrphanReaper {
    private static final int PAGE = 1_000;

    private OrphanReaper() {}

    /// On the embedded database: this process has it alone, so every other server is gone.
    static int reapAll(StorageProvider storage) {
        // A dead server's row would keep the new one from being master for 20 seconds
        for (BackgroundJobServerStatus dead : storage.getBackgroundJobServers()) {
            storage.signalBackgroundJobServerStopped(dead);
        }
        return reap(storage, _ -> true);
    }

    /// What a server of this process had that has been stopped.
    static int reapOf(StorageProvider storage, NudgingJobServer stopped) {
        for (BackgroundJobServerStatus status : storage.getBackgroundJobServers()) {
            if (status.getId().equals(stopped.getId())) {
                storage.signalBackgroundJobServerStopped(status);
            }
        }
        return reap(storage, state -> state.getServerId().equals(stopped.getId()));
    }

    private static int reap(StorageProvider storage, Predicate<ProcessingState> isOrphan) {
        int reaped = 0;
        List<Job> page;
        do {
            page =
                    storage
                            .getJobList(PROCESSING, Paging.AmountBasedList.ascOnUpdatedAt(PAGE))
                            .stream()
                            .filter(job -> isOrphan.test(job.<ProcessingState>getJobState()))
                            .toList();
            for (Job job : page) {
                reaped += putBack(storage, job);
            }
        } while (page.size() == PAGE);
        return reaped;
    }

    private static int putBack(StorageProvider storage, Job job) {
        try {
            job.failed("the server ended", new IllegalStateException("the server ended"));
            job.enqueue();
            storage.save(job);
            return 1;
        } catch (ConcurrentJobModificationException endedMeanwhile) {
            return 0;
        }
    }
}
