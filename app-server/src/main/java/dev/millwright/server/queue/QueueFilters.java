package dev.millwright.server.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.filters.ApplyStateFilter;
import org.jobrunr.jobs.filters.ElectStateFilter;
import org.jobrunr.jobs.filters.JobFilter;
import org.jobrunr.jobs.states.FailedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ProcessingState;
import org.jobrunr.jobs.states.StateName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens when a job changes its state. JobRunr calls these within its transactions; they are
/// quick and never throw.
final class QueueFilters {
    private static final Logger log = LoggerFactory.getLogger(QueueFilters.class);

    private QueueFilters() {}

    static List<JobFilter> all(Runnable nudge) {
        return List.of(new OnlyOurs(), new SoonAgain(), new NudgeOnWork(nudge));
    }

    /// Job rows name the method to call. Whoever can write them must not choose any but ours.
    private static final class OnlyOurs implements ElectStateFilter {
        @Override
        public void onStateElection(Job job, JobState next) {
            if (next instanceof ProcessingState && !isOurs(job.getJobDetails())) {
                log.warn(
                        "job {} in the queue names {}, which is not a wake-up; it is deleted and will not run",
                        job.getId(),
                        job.getJobSignature());
                job.delete("not a wake-up of this server");
            }
        }

        private static boolean isOurs(JobDetails details) {
            return details.getClassName().equals(WakeupJobHandler.class.getName())
                    && details.getMethodName().equals("run")
                    && !details.hasStaticFieldName()
                    && details.getJobParameters().size() == 1
                    && details.getJobParameters().getFirst().getObject() instanceof WakeupJob;
        }
    }

    /// Wake-ups may be repeated, so the first tries follow at once, later ones with growing pauses.
    private static final class SoonAgain implements ElectStateFilter {
        private static final int AT_ONCE = 2;
        private static final int TRIES = 12;
        private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

        @Override
        public void onStateElection(Job job, JobState next) {
            if (!(next instanceof FailedState failed) || failed.mustNotRetry()) {
                return;
            }
            long tries = job.getJobStatesOfType(FailedState.class).count();
            if (tries > TRIES) {
                log.error(
                        "{} was tried {} times in vain: {}",
                        job.getJobName(),
                        tries,
                        failed.getExceptionMessage());
            } else if (tries <= AT_ONCE) {
                job.enqueue();
            } else {
                Duration pause = Duration.ofSeconds(1L << Math.min(tries - AT_ONCE - 1, 6));
                job.scheduleAt(
                        Instant.now()
                                .plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE),
                        "try " + (tries + 1));
            }
        }
    }

    /// What becomes ready by itself, such as a retry, is looked for at once, too.
    private record NudgeOnWork(Runnable nudge) implements ApplyStateFilter {
        @Override
        public void onStateApplied(Job job, JobState before, JobState after) {
            if (after.getName() == StateName.ENQUEUED) {
                nudge.run();
            }
        }
    }
}
