package dev.millwright.server.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets few threads at a time do what takes the database, however many come at once: the others
/// wait here, first come, first served, and leave the connections of the pool to everybody else.
///
/// Any thread.
public final class Lane {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore free;
    private final Duration patience;

    /// @param width how many threads at a time
    public Lane(int width) {
        this(width, PATIENCE);
    }

    /// @param patience how long a thread waits at most
    Lane(int width, Duration patience) {
        this.free = new Semaphore(width, true);
        this.patience = patience;
    }

    /// Do the work as soon as there is room. Throws [StoreUnavailableException] when there was none
    /// for too long; then nothing was done.
    public <T> T pass(Supplier<T> work) {
        enter();
        try {
            return work.get();
        } finally {
            free.release();
        }
    }

    private void enter() {
        try {
            if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoreUnavailableException(
                        "too many want the same of the database at once; it was not their turn within %d ms"
                                .formatted(patience.toMillis()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted before it was done", interrupted);
        }
    }
}
