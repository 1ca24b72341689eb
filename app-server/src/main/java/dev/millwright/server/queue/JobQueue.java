package dev.millwright.server.queue;

import dev.millwright.server.store.Broadcast;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.JobDetails;
import org.jobrunr.jobs.states.EnqueuedState;
import org.jobrunr.jobs.states.JobState;
import org.jobrunr.jobs.states.ScheduledState;
import org.jobrunr.jobs.states.StateName;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keep wake-ups until they are handled, whatever crashes meanwhile.
///
/// Called from any thread.
public final class JobQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobQueue.class);
    private static final String CHANNEL = "millwright_queue";
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration CLEAN = Duration.ofSeconds(10);
    private static final Duration KEEP_FAILED = Duration.ofDays(1);

    private final Database database;
    private final QueueSettings settings;
    private final WakeupHandler handler;
    private final QueueStorage storage;
    private final QueueView view;
    private final Semaphore sweeps = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable NudgingJobServer server;

    private JobQueue(Database database, QueueSettings settings, WakeupHandler handler) {
        this.database = database;
        this.settings = settings;
        this.handler = handler;
        this.storage = QueueStorage.open(database);
        this.view = new QueueView(storage.own());
    }

    /// Bring the queue's tables up to date; nothing is taken yet.
    public static JobQueue create(
            Database database, QueueSettings settings, WakeupHandler handler) {
        return new JobQueue(database, settings, handler);
    }

    /// Begin to take wake-ups.
    public synchronized void start() {
        if (server != null || isClosed()) {
            return;
        }
        if (database.isH2()) {
            int reaped = OrphanReaper.reapAll(storage.own());
            if (reaped > 0) {
                log.info("{} wake-ups that were in hand when the server ended come again", reaped);
            }
        }
        startServer();
        database.broadcast().listen(CHANNEL, Broadcast.Listener.waking(this::nudge));
        Thread.ofVirtual().name("queue-watch").start(this::watch);
        Thread.ofVirtual().name("queue-sweeps").start(this::sweepAgainAndAgain);
    }

    private synchronized void startServer() {
        if (isClosed()) {
            return;
        }
        Workers workers = new Workers(settings.workers());
        NudgingJobServer next =
                new NudgingJobServer(
                        storage.own(),
                        storage.json(),
                        this::activate,
                        BackgroundJobServerConfiguration
                                .usingStandardBackgroundJobServerConfiguration()
                                .andPollInterval(settings.poll())
                                .andServerTimeoutPollIntervalMultiplicand(4)
                                .andBackgroundJobServerWorkerPolicy(workers)
                                .andInterruptJobsAwaitDurationOnStopBackgroundJobServer(
                                        Duration.ofSeconds(3)),
                        workers);
        next.setJobFilters(QueueFilters.all(this::nudge));
        server = next;
        next.begin();
    }

    private <T> T activate(Class<T> type) {
        return type.cast(new WakeupJobHandler(handler));
    }

    /// Store a wake-up within the transaction; it is handled as soon as that is committed.
    public void enqueue(Tx tx, Wakeup wakeup) {
        store(tx, WakeupJob.of(wakeup), new EnqueuedState());
        tx.afterCommit(this::nudge);
    }

    /// Store a wake-up for later. It comes within about five seconds of that time, before or after:
    /// whoever handles it looks at the clock.
    public void enqueueAt(Tx tx, Wakeup wakeup, Instant at) {
        store(tx, WakeupJob.of(wakeup), new ScheduledState(at));
    }

    private void store(Tx tx, WakeupJob request, JobState state) {
        Job job = new Job(request.id(), new JobDetails(request), state);
        job.setJobName(request.kind() + " " + request.target());
        // How to go on after a failure is our own filter's business
        job.setAmountOfRetries(0);
        storage.save(tx.connection(), job);
    }

    private void nudge() {
        NudgingJobServer current = server;
        if (current != null) {
            current.nudge();
        }
    }

    /// Ask for a sweep now instead of at its next turn.
    public void sweep() {
        sweeps.release();
    }

    private void sweepAgainAndAgain() {
        try {
            while (!isClosed()) {
                boolean asked =
                        sweeps.tryAcquire(settings.sweep().toMillis(), TimeUnit.MILLISECONDS);
                if (asked) {
                    sweeps.drainPermits();
                }
                if (!isClosed()) {
                    sweepOnce();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepOnce() {
        try {
            handler.handle(new Wakeup.Sweep());
        } catch (RuntimeException failed) {
            log.warn("the sweep failed and will be tried again: {}", failed.getMessage());
            log.debug("the sweep failed", failed);
        }
    }

    /// JobRunr stops for good when the database fails it; this starts it again once that answers.
    private void watch() {
        Instant nextClean = Instant.now();
        try {
            while (!closed.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    restartIfStopped();
                    if (Instant.now().isAfter(nextClean)) {
                        nextClean = Instant.now().plus(CLEAN);
                        clean();
                    }
                } catch (RuntimeException notYet) {
                    log.debug("the queue's watch", notYet);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void restartIfStopped() {
        NudgingJobServer stopped = server;
        if (stopped == null || stopped.isRunning()) {
            return;
        }
        database.ping();
        stopped.end();
        int reaped = OrphanReaper.reapOf(storage.own(), stopped);
        startServer();
        log.warn(
                "the queue had stopped because the database failed; it goes on, {} wake-ups come again",
                reaped);
        sweep();
    }

    private void clean() {
        Instant now = Instant.now();
        storage.own()
                .deleteJobsPermanently(StateName.SUCCEEDED, now.minus(settings.keepSucceeded()));
        storage.own().deleteJobsPermanently(StateName.DELETED, now.minus(KEEP_FAILED));
        storage.own().deleteJobsPermanently(StateName.FAILED, now.minus(KEEP_FAILED));
    }

    public QueueStats stats() {
        NudgingJobServer current = server;
        return view.stats(
                isRunning(),
                settings.workers(),
                current == null ? 0 : Math.max(0, current.workers().claimed()));
    }

    /// The newest stored wake-ups in that state.
    public List<QueuedJob> jobs(dev.millwright.server.queue.JobState state, int limit) {
        return view.jobs(state, limit);
    }

    /// Whether this server takes wake-ups; false before the start, after the end, and while the
    /// database is away.
    public boolean isRunning() {
        NudgingJobServer current = server;
        return current != null && !isClosed() && current.isRunning();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// Take nothing more, and wait a little for what is in hand; the rest comes again.
    @Override
    public synchronized void close() {
        closed.countDown();
        sweeps.release();
        NudgingJobServer current = server;
        if (current != null) {
            current.end();
        }
        storage.close();
    }
}
