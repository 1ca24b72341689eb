package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Follow a log while it grows.
///
/// Called from one thread, except [#close], which any thread may call.
public final class LogFollower implements AutoCloseable {
    /// Followers are told of what is stored here and elsewhere; this is for a word that was lost.
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final LogStore store;
    private final AttemptId attempt;
    private final Semaphore wakes = new Semaphore(0);
    private long nextLine;
    private boolean isEnded;
    private volatile boolean closed;

    LogFollower(LogStore store, AttemptId attempt, long fromLine) {
        this.store = store;
        this.attempt = attempt;
        this.nextLine = fromLine;
    }

    /// What is there behind the last page, at most `limit` lines; waits for it that long. A page
    /// without lines means that nothing came in time.
    public LogPage next(int limit, Duration wait) throws InterruptedException {
        long until = System.nanoTime() + wait.toNanos();
        while (true) {
            wakes.drainPermits();
            LogDao.End end = store.end(attempt);
            LogPage page = store.page(attempt, end, nextLine, limit);
            nextLine = page.nextLine();
            long left = until - System.nanoTime();
            if (!page.lines().isEmpty()) {
                return page;
            }
            isEnded = end.isFinished();
            if (isEnded || closed || left <= 0) {
                return page;
            }
            wakes.tryAcquire(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    /// Whether the attempt is over and everything was handed out.
    public boolean isEnded() {
        return isEnded;
    }

    void wake() {
        wakes.release();
    }

    @Override
    public void close() {
        closed = true;
        wake();
        store.leave(attempt, this);
    }
}
