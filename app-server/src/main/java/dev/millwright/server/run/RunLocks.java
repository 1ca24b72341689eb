package dev.millwright.server.run;

import dev.millwright.model.RunId;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets one thread at a time decide about a run. Other servers are kept out by the revision.
///
/// Called from any thread; a thread holds one lock at most.
final class RunLocks {
    private static final int STRIPES = 256;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    RunLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    <T> T locked(RunId run, Supplier<T> work) {
        ReentrantLock lock = stripes[Math.floorMod(run.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
