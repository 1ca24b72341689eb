package dev.millwright.server.run;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Lets one thread of this server at a time work on what has the same key. Other servers have to be
/// kept out by other means.
///
/// Called from any thread; a thread holds one lock of each object at most.
final class KeyLocks<K> {
    private static final int STRIPES = 256;
    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    KeyLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    <T> T locked(K key, Supplier<T> work) {
        ReentrantLock lock = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
