package dev.millwright.server.retention;

import dev.millwright.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// Remove what is older or more than the policy allows; runs that go on are never touched.
///
/// Works in transactions of a few hundred rows, so that nobody has to wait for it. On PostgreSQL
/// the freed space is used again after autovacuum; the embedded file gives its space back when the
/// server stops.
///
/// Called from any thread; passes at the same time are harmless.
public final class Retention {
    private static final int BATCH = 200;
    private static final int ROWS = 500;

    private final Database database;
    private final RetentionPolicy policy;

    private Retention(Database database, RetentionPolicy policy) {
        this.database = database;
        this.policy = policy;
    }

    public static Retention create(Database database, RetentionPolicy policy) {
        return new Retention(database, policy);
    }

    /// One pass; tells what it removed.
    public Removed run(Instant now) {
        long before = logBytes();
        long[] runs = runs(now);
        long logs = runs[1] + oldLogs(now) + tooManyLogs(now);
        long deliveries = 0;
        long keys = 0;
        if (isLimit(policy.deliveries())) {
            Instant oldest = now.minus(policy.deliveries());
            deliveries =
                    repeat(() ->
                            database.write(tx ->
                                    tx.dao(RetentionDao.class).deleteDeliveries(oldest, ROWS)));
            keys = database.write(tx -> tx.dao(RetentionDao.class).deleteIdempotencyKeys(oldest));
        }
        long events = runs[2];
        if (isLimit(policy.events())) {
            Instant oldest = now.minus(policy.events());
            events +=
                    repeat(() ->
                            database.write(
                                    tx -> tx.dao(RetentionDao.class).deleteEvents(oldest, ROWS)));
        }
        return new Removed(
                runs[0], logs, Math.max(0, before - logBytes()), deliveries, events, keys);
    }

    private static boolean isLimit(Duration time) {
        return !time.isZero();
    }

    private long logBytes() {
        return database.read(tx -> tx.dao(RetentionDao.class).logBytes());
    }

    /// Runs, log chunks and events that went.
    private long[] runs(Instant now) {
        long[] removed = new long[3];
        if (!isLimit(policy.runs())) {
            return removed;
        }
        Instant oldest = now.minus(policy.runs());
        while (true) {
            List<UUID> old =
                    database.read(tx ->
                            tx.dao(RetentionDao.class)
                                    .oldRuns(oldest, policy.runsPerPipeline(), BATCH));
            if (old.isEmpty()) {
                return removed;
            }
            database.change(tx -> {
                RetentionDao rows = tx.dao(RetentionDao.class);
                removed[1] += sum(rows.deleteLogsOf(old));
                removed[2] += sum(rows.deleteEventsOf(old));
                removed[0] += sum(rows.deleteRuns(old));
            });
        }
    }

    private long oldLogs(Instant now) {
        return isLimit(policy.logs()) ? logsBefore(now.minus(policy.logs())) : 0;
    }

    private long logsBefore(Instant oldest) {
        return repeat(() -> deleteLogs(oldest, BATCH));
    }

    private int deleteLogs(Instant before, int attempts) {
        List<UUID> old =
                database.read(
                        tx -> tx.dao(RetentionDao.class).attemptsWithOldLogs(before, attempts));
        return old.isEmpty()
                ? 0
                : database.write(tx -> (int) sum(tx.dao(RetentionDao.class).deleteLogs(old)));
    }

    /// The oldest finished logs go until the rest fits.
    private long tooManyLogs(Instant now) {
        long removed = 0;
        while (policy.logBytes() > 0 && logBytes() > policy.logBytes()) {
            int gone = deleteLogs(now, 20);
            if (gone == 0) {
                return removed;
            }
            removed += gone;
        }
        return removed;
    }

    private static long sum(int[] counts) {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /// One small transaction.
    private interface Pass {
        int run();
    }

    private static long repeat(Pass pass) {
        long all = 0;
        for (int gone = pass.run(); gone > 0; gone = pass.run()) {
            all += gone;
        }
        return all;
    }
}
