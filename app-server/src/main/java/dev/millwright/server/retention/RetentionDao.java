package dev.millwright.server.retention;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements that find and delete what is old, a small batch at a time.
interface RetentionDao {
    @SqlQuery(
            """
            select r.id from runs r
            where r.phase = 'FINISHED' and r.finished_at < :before
              and r.number <= (select c.last_number from pipeline_counters c
                               where c.namespace = r.namespace and c.pipeline = r.pipeline) - :keep
            order by r.finished_at fetch first :batch rows only
            """)
    List<UUID> oldRuns(
            @Bind("before") Instant before, @Bind("keep") int keep, @Bind("batch") int batch);

    @SqlBatch(
            "delete from log_chunks where attempt_id in (select id from attempts where run_id = :run)")
    int[] deleteLogsOf(@Bind("run") List<UUID> runs);

    @SqlBatch("delete from events where run_id = :run")
    int[] deleteEventsOf(@Bind("run") List<UUID> runs);

    @SqlBatch("delete from runs where id = :run")
    int[] deleteRuns(@Bind("run") List<UUID> runs);

    @SqlQuery(
            """
            select a.id from attempts a join runs r on r.id = a.run_id
            where r.phase = 'FINISHED' and r.finished_at < :before
              and exists (select 1 from log_chunks l where l.attempt_id = a.id)
            order by r.finished_at fetch first :batch rows only
            """)
    List<UUID> attemptsWithOldLogs(@Bind("before") Instant before, @Bind("batch") int batch);

    @SqlBatch("delete from log_chunks where attempt_id = :attempt")
    int[] deleteLogs(@Bind("attempt") List<UUID> attempts);

    @SqlQuery("select coalesce(sum(length(data)), 0) from log_chunks")
    long logBytes();

    @SqlUpdate(
            """
            delete from deliveries where id in (
                select id from deliveries where status <> 'RECEIVED' and received_at < :before
                order by received_at fetch first :batch rows only)
            """)
    int deleteDeliveries(@Bind("before") Instant before, @Bind("batch") int batch);

    @SqlUpdate(
            """
            delete from idempotency_keys where created_at < :before
            """)
    int deleteIdempotencyKeys(@Bind("before") Instant before);

    @SqlUpdate(
            """
            delete from events where seq in (
                select seq from events where at < :before order by at fetch first :batch rows only)
            """)
    int deleteEvents(@Bind("before") Instant before, @Bind("batch") int batch);
}
