package dev.millwright.server.store;

import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Wait until what was committed is on disk. Whoever comes first syncs at once; whoever comes while
/// a sync is going on shares the next one.
///
/// Called from any thread. A sync that failed is never repeated for the same waiters: after a
/// failed fsync the system may have dropped what it could not write, so a later success would prove
/// nothing for them.
final class SyncBarrier {
    private final Sync sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Batch next = new Batch();
    private boolean syncing;

    SyncBarrier(Sync sync) {
        this.sync = sync;
    }

    /// Returns when everything committed before the call is on disk; throws otherwise.
    void await() {
        lock.lock();
        try {
            Batch mine = next;
            while (!mine.settled) {
                if (syncing) {
                    changed.awaitUninterruptibly();
                } else {
                    next = new Batch();
                    settle(mine);
                }
            }
            if (mine.failure != null) {
                throw new StoreUnavailableException(
                        "the database could not write to disk: " + mine.failure.getMessage(),
                        mine.failure);
            }
        } finally {
            lock.unlock();
        }
    }

    private void settle(Batch batch) {
        Exception failure = null;
        syncing = true;
        lock.unlock();
        try {
            sync.run();
        } catch (IOException | RuntimeException failed) {
            failure = failed;
        } finally {
            lock.lock();
            syncing = false;
        }
        batch.failure = failure;
        batch.settled = true;
        changed.signalAll();
    }

    /// Those who wait for the same sync.
    private static final class Batch {
        private boolean settled;
        private @Nullable Exception failure;
    }

    /// Write everything committed so far to disk.
    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }
}
