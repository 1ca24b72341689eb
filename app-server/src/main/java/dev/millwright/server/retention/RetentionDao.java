package dev.millwright.server.retention;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface RetentionDao {
    @SqlQuery(
            """
            select a.id, a.log_stored from attempts a join runs r on r.id = a.run_id
            where a.log_stored > 0 and r.finished_at < :before
            order by r.finished_at fetch first :limit rows only
            """)
    @RegisterRowMapper(StoredLogMapper.class)
    List<StoredLog> oldestLogs(@Bind("before") Instant before, @Bind("limit") int limit);

    @SqlQuery("select coalesce(sum(log_stored), 0) from attempts where log_stored > 0")
    long logBytes();

    @SqlQuery(
            "select a.id, a.log_stored from attempts a where a.run_id = :run and a.log_stored > 0")
    @RegisterRowMapper(StoredLogMapper.class)
    List<StoredLog> logsOf(@Bind("run") RunId run);

    @SqlUpdate(
            """
            delete from log_chunks where attempt_id = :attempt and sequence < (
                select min(c.sequence) from log_chunks c where c.attempt_id = :attempt) + :limit
            """)
    int deleteChunks(@Bind("attempt") AttemptId attempt, @Bind("limit") int limit);

    /// Without this, readers would wait for lines that are no more.
    @SqlUpdate(
            """
            update attempts set log_lines = 0, log_out = 0, log_err = 0, log_stored = 0,
                told_chunks = 0, told_lines = 0, told_err = 0
            where id = :attempt
            """)
    void forgetLog(@Bind("attempt") AttemptId attempt);

    @SqlQuery("select namespace, pipeline, last_number from pipeline_counters")
    @RegisterRowMapper(PipelineMapper.class)
    List<Pipeline> pipelines();

    @SqlQuery(
            """
            select id from runs
            where namespace = :namespace and pipeline = :pipeline and number <= :upTo
                and finished_at < :before
            order by number fetch first :limit rows only
            """)
    List<RunId> oldestRuns(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("upTo") long upTo,
            @Bind("before") Instant before,
            @Bind("limit") int limit);

    @SqlQuery("select id from attempts where run_id = :run fetch first :limit rows only")
    List<AttemptId> attemptsOf(@Bind("run") RunId run, @Bind("limit") int limit);

    @SqlBatch("delete from attempts where id = :id")
    int[] deleteAttempts(@Bind("id") List<AttemptId> ids);

    @SqlUpdate(
            """
            delete from steps where run_id = :run and position >= (
                select max(s.position) from steps s where s.run_id = :run) - :limit + 1
            """)
    int deleteSteps(@Bind("run") RunId run, @Bind("limit") int limit);

    @SqlUpdate("delete from runs where id = :run and finished_at is not null")
    int deleteRun(@Bind("run") RunId run);

    @SqlQuery(
            """
            select id from deliveries where received_at < :before and decided_at is not null
            order by received_at fetch first :limit rows only
            """)
    List<UUID> oldDeliveries(@Bind("before") Instant before, @Bind("limit") int limit);

    @SqlBatch("delete from deliveries where id = :id")
    int[] deleteDeliveries(@Bind("id") List<UUID> ids);

    @SqlQuery(
            """
            select seq from events where at < :before
            order by at fetch first :limit rows only
            """)
    List<Long> oldEvents(@Bind("before") Instant before, @Bind("limit") int limit);

    @SqlBatch("delete from events where seq = :id")
    int[] deleteEvents(@Bind("id") List<Long> ids);

    @SqlQuery(
            """
            select scope, idem_key from idempotency_keys where created_at < :before
            order by created_at fetch first :limit rows only
            """)
    @RegisterRowMapper(KeyMapper.class)
    List<Key> oldKeys(@Bind("before") Instant before, @Bind("limit") int limit);

    @SqlBatch("delete from idempotency_keys where scope = :scope and idem_key = :key")
    int[] deleteKeys(@BindMethods List<Key> keys);

    record StoredLog(AttemptId attempt, long bytes) {}

    record Key(String scope, String key) {}

    record Pipeline(String namespace, String name, long lastNumber) {}

    final class StoredLogMapper implements RowMapper<StoredLog> {
        @Override
        public StoredLog map(ResultSet row, StatementContext context) throws SQLException {
            return new StoredLog(new AttemptId(row.getObject(1, UUID.class)), row.getLong(2));
        }
    }

    final class KeyMapper implements RowMapper<Key> {
        @Override
        public Key map(ResultSet row, StatementContext context) throws SQLException {
            return new Key(row.getString(1), row.getString(2));
        }
    }

    final class PipelineMapper implements RowMapper<Pipeline> {
        @Override
        public Pipeline map(ResultSet row, StatementContext context) throws SQLException {
            return new Pipeline(row.getString(1), row.getString(2), row.getLong(3));
        }
    }
}
