package dev.millwright.server.queue;

import java.util.concurrent.Semaphore;
import org.jobrunr.jobs.Job;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.JobSteward;
import org.jobrunr.server.tasks.steward.OnboardNewWorkTask;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.utils.mapper.JsonMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JobRunr's server, which looks at the queue when it is told to instead of every few seconds only.
///
/// Called from any thread. Started and stopped once; the next start takes a new one, so that jobs
/// that are still ending do not count for it.
final class NudgingJobServer extends BackgroundJobServer {
    private static final Logger log = LoggerFactory.getLogger(NudgingJobServer.class);

    /// How often a look is tried while another one, which may have begun too early, goes on.
    private static final int TRIES = 2_000;

    private final Workers workers;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean ended;

    NudgingJobServer(
            StorageProvider storage,
            JsonMapper json,
            JobActivator activator,
            BackgroundJobServerConfiguration configuration,
            Workers workers) {
        super(storage, json, activator, configuration);
        this.workers = workers;
    }

    @Override
    protected JobSteward createJobSteward() {
        // Called by the super constructor, before the fields of this class are set
        return new Steward(this);
    }

    @Override
    public void processJob(Job job) {
        workers.claim();
        super.processJob(job);
    }

    /// Look at the queue soon; many calls may lead to one look that begins after all of them.
    void nudge() {
        if (nudges.availablePermits() == 0) {
            nudges.release();
        }
    }

    Workers workers() {
        return workers;
    }

    void begin() {
        start();
        Thread.ofVirtual().name("queue-nudges").start(this::loop);
        nudge();
    }

    void end() {
        ended = true;
        nudge();
        stop();
    }

    private void loop() {
        try {
            while (!ended) {
                nudges.acquire();
                nudges.drainPermits();
                try {
                    look();
                } catch (RuntimeException failed) {
                    // The database is away: JobRunr will stop, and the watch starts a new server
                    log.debug("a look at the queue failed", failed);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// JobRunr skips a look while another one goes on, which may have begun before the commit that
    /// we were told of: try until one has begun that did not.
    private void look() throws InterruptedException {
        long seen = workers.fetches();
        long before = workers.everClaimed();
        for (int i = 0; i < TRIES && !ended && workers.fetches() == seen; i++) {
            if (i > 0) {
                Thread.sleep(1);
            }
            ((Steward) getJobSteward()).onboard();
        }
        boolean filled = workers.everClaimed() - before >= workers.asked();
        workers.sawBacklog(filled);
        if (filled && workers.hasRoom() && !ended) {
            nudge();
        }
    }

    /// Counts by our own count.
    private static final class Steward extends JobSteward {
        private final NudgingJobServer server;

        Steward(NudgingJobServer server) {
            super(server);
            this.server = server;
        }

        @Override
        public int getOccupiedWorkerCount() {
            return server.workers.claimed();
        }

        @Override
        public void notifyThreadOccupied() {
            // It counts since it was fetched
        }

        @Override
        public void notifyThreadIdle() {
            if (server.workers.release()) {
                server.nudge();
            }
        }

        void onboard() {
            getTaskOfType(OnboardNewWorkTask.class).runTaskThreadSafe();
        }
    }
}
