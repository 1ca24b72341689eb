package dev.millwright.server.queue;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Instant;
import java.util.List;

/// Keep wake-ups until they are handled, whatever crashes meanwhile.
///
/// Called from any thread.
public final class JobQueue implements AutoCloseable {
    private JobQueue() {}

    public static JobQueue create(
            Database database, QueueSettings settings, WakeupHandler handler) {
        throw new UnsupportedOperationException();
    }

    /// Begin to take wake-ups.
    public void start() {
        throw new UnsupportedOperationException();
    }

    /// Store a wake-up within the transaction; it is handled as soon as that is committed.
    public void enqueue(Tx tx, Wakeup wakeup) {
        throw new UnsupportedOperationException();
    }

    /// Store a wake-up for later; it comes up to five seconds after the time.
    public void enqueueAt(Tx tx, Wakeup wakeup, Instant at) {
        throw new UnsupportedOperationException();
    }

    /// Ask for a sweep now instead of at its next turn.
    public void sweep() {
        throw new UnsupportedOperationException();
    }

    public QueueStats stats() {
        throw new UnsupportedOperationException();
    }

    /// The newest stored wake-ups in that state.
    public List<QueuedJob> jobs(JobState state, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Whether this server takes wake-ups; false before the start, after the end, and while the
    /// database is away.
    public boolean isRunning() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
