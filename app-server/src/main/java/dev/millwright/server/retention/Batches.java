package dev.millwright.server.retention;

import dev.millwright.server.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Delete a little at a time, and let others have the database at least half of the time.
final class Batches {
    /// No transaction of retention changes more rows than this.
    static final int ROWS = 500;

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final Database database;

    Batches(Database database) {
        this.database = database;
    }

    /// Repeat until less than a full batch was there.
    long untilDone(int rows, ToIntFunction<RetentionDao> delete) {
        long all = 0;
        int some;
        do {
            some = once(delete);
            all += some;
        } while (some >= rows && !Thread.currentThread().isInterrupted());
        return all;
    }

    /// Look for what is to go, then delete just that, in one transaction.
    <T> long untilDone(
            Function<RetentionDao, List<T>> find, BiFunction<RetentionDao, List<T>, int[]> delete) {
        return untilDone(
                ROWS,
                dao -> {
                    List<T> found = find.apply(dao);
                    return found.isEmpty() ? 0 : delete.apply(dao, found).length;
                });
    }

    int once(ToIntFunction<RetentionDao> delete) {
        long start = System.nanoTime();
        int rows = database.<Integer>write(tx -> delete.applyAsInt(tx.dao(RetentionDao.class)));
        LockSupport.parkNanos(Math.min(System.nanoTime() - start, LONGEST_PAUSE.toNanos()));
        return rows;
    }
}
