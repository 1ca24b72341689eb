package dev.millwright.server.retention;

import dev.millwright.model.RunId;
import dev.millwright.server.retention.RetentionDao.Pipeline;
import dev.millwright.server.retention.RetentionDao.StoredLog;
import dev.millwright.server.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remove what is older or more than the policy allows; runs that go on are never touched.
///
/// Called from any thread; a pass while another one goes on does nothing, one on another server is
/// harmless.
public final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /// Rows of log chunks are big.
    private static final int CHUNKS = 100;

    private static final int PAGE = 100;

    /// Fewer dead rows than this are left to the database's own cleaning.
    private static final int WORTH_A_VACUUM = 1_000;

    private final Database database;
    private final RetentionPolicy policy;
    private final Batches batches;
    private final ReentrantLock running = new ReentrantLock();

    private Retention(Database database, RetentionPolicy policy) {
        this.database = database;
        this.policy = policy;
        this.batches = new Batches(database);
    }

    public static Retention create(Database database, RetentionPolicy policy) {
        return new Retention(database, policy);
    }

    /// One pass; tells what it removed. Nothing while a pass goes on, here or on another server:
    /// two would both remove what is too much.
    public Removed run(Instant now) {
        if (!running.tryLock()) {
            return Removed.NOTHING;
        }
        AtomicReference<Removed> removed = new AtomicReference<>(Removed.NOTHING);
        try {
            var _ = database.exclusively("retention", () -> removed.set(runAlone(now)));
        } finally {
            running.unlock();
        }
        return removed.get();
    }

    private Removed runAlone(Instant now) {
        Pass pass = new Pass(now);
        Removed removed = pass.run();
        if (!removed.isNothing()) {
            log.info("retention removed {}", removed);
        }
        if (!database.isH2()) {
            vacuum(removed, pass.chunks);
        }
        return removed;
    }

    /// Make room for new rows at once where much was removed; the embedded database does so by
    /// itself.
    private void vacuum(Removed removed, long chunks) {
        if (chunks >= WORTH_A_VACUUM) {
            vacuum("log_chunks");
        }
        if (removed.runs() >= WORTH_A_VACUUM) {
            List.of("runs", "steps", "attempts").forEach(this::vacuum);
        }
        if (removed.events() >= WORTH_A_VACUUM) {
            vacuum("events");
        }
        if (removed.deliveries() >= WORTH_A_VACUUM) {
            vacuum("deliveries");
        }
    }

    private void vacuum(String table) {
        try (Connection connection = database.patientDataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("vacuum " + statement.enquoteIdentifier(table, false));
        } catch (SQLException failed) {
            // Only space is at stake, and autovacuum comes, too
            log.warn("the space of {} could not be cleaned up: {}", table, failed.getMessage());
        }
    }

    private <T> T read(Function<RetentionDao, T> query) {
        return database.<T>read(tx -> query.apply(tx.dao(RetentionDao.class)));
    }

    /// What one pass has done so far.
    private final class Pass {
        private final Instant now;
        private long runs;
        private long logs;
        private long logBytes;
        private long chunks;

        Pass(Instant now) {
            this.now = now;
        }

        Removed run() {
            if (!policy.logs().isZero()) {
                deleteLogs(now.minus(policy.logs()), Long.MAX_VALUE);
            }
            if (policy.logBytes() > 0) {
                deleteLogs(now, read(RetentionDao::logBytes) - policy.logBytes());
            }
            if (policy.limitsRuns()) {
                read(RetentionDao::pipelines).forEach(this::deleteRuns);
            }
            long deliveries = 0;
            long keys = 0;
            if (!policy.deliveries().isZero()) {
                Instant before = now.minus(policy.deliveries());
                deliveries =
                        batches.untilDone(
                                dao -> dao.oldDeliveries(before, Batches.ROWS),
                                RetentionDao::deleteDeliveries);
                keys =
                        batches.untilDone(
                                dao -> dao.oldKeys(before, Batches.ROWS), RetentionDao::deleteKeys);
            }
            long events = 0;
            if (!policy.events().isZero()) {
                Instant before = now.minus(policy.events());
                events =
                        batches.untilDone(
                                dao -> dao.oldEvents(before, Batches.ROWS),
                                RetentionDao::deleteEvents);
            }
            return new Removed(runs, logs, logBytes, deliveries, events, keys);
        }

        /// Oldest first, until that many bytes are gone.
        private void deleteLogs(Instant before, long bytes) {
            long left = bytes;
            while (left > 0) {
                List<StoredLog> oldest = read(dao -> dao.oldestLogs(before, PAGE));
                if (oldest.isEmpty()) {
                    return;
                }
                for (StoredLog one : oldest) {
                    if (left > 0) {
                        deleteLog(one);
                        left -= one.bytes();
                    }
                }
            }
        }

        private void deleteLog(StoredLog one) {
            chunks += batches.untilDone(CHUNKS, dao -> dao.deleteChunks(one.attempt(), CHUNKS));
            batches.once(dao -> {
                dao.forgetLog(one.attempt());
                return 1;
            });
            logs++;
            logBytes += one.bytes();
        }

        private void deleteRuns(Pipeline pipeline) {
            Instant before = now.minus(policy.runs());
            long upTo = pipeline.lastNumber() - policy.runsPerPipeline();
            while (true) {
                List<RunId> oldest =
                        read(dao ->
                                dao.oldestRuns(
                                        pipeline.namespace(), pipeline.name(), upTo, before, PAGE));
                oldest.forEach(this::deleteRun);
                if (oldest.size() < PAGE) {
                    return;
                }
            }
        }

        private void deleteRun(RunId run) {
            read(dao -> dao.logsOf(run)).forEach(this::deleteLog);
            batches.untilDone(
                    dao -> dao.attemptsOf(run, Batches.ROWS), RetentionDao::deleteAttempts);
            batches.untilDone(Batches.ROWS, dao -> dao.deleteSteps(run, Batches.ROWS));
            runs += batches.once(dao -> dao.deleteRun(run));
        }
    }
}
