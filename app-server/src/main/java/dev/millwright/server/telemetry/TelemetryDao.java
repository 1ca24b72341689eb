package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `results`, and over what attempts know of it.
interface TelemetryDao {
    @SqlQuery(
            """
            select a.id, a.run_id, a.position, a.number, a.assigned_at, a.finished_at,
                r.namespace, r.pipeline, r.number as run_number, r.root_span_id, s.path
            from attempts a
                join runs r on r.id = a.run_id
                join steps s on s.run_id = a.run_id and s.position = a.position
            where a.id = :attempt
            """)
    @RegisterRowMapper(ResultRows.OfTarget.class)
    Optional<Target> target(@Bind("attempt") AttemptId attempt);

    /// Nobody else adds to the attempt until the transaction ends.
    @SqlUpdate("update attempts set results = results where id = :attempt")
    int lock(@Bind("attempt") AttemptId attempt);

    @SqlQuery(
            """
            select results, results_bad, results_bytes, told_err, told_last
            from attempts where id = :attempt
            """)
    @RegisterRowMapper(UsedMapper.class)
    Optional<Used> used(@Bind("attempt") AttemptId attempt);

    @SqlQuery("select span_id from results where attempt_id = :attempt")
    Set<String> known(@Bind("attempt") AttemptId attempt);

    @SqlBatch(
            """
            insert into results (attempt_id, span_id, parent_id, trace_id, name, kind, status,
                message, started_nanos, ended_nanos, detail)
            values (:attempt, :spanId, :parentId, :traceId, :name, :kind, :status,
                :message, :startNanos, :endNanos, :detail)
            """)
    void insert(@Bind("attempt") AttemptId attempt, @BindMethods List<ResultRows> results);

    @SqlUpdate(
            """
            update attempts set results = results + :more, results_bad = results_bad + :bad,
                results_bytes = results_bytes + :bytes
            where id = :attempt
            """)
    void add(
            @Bind("attempt") AttemptId attempt,
            @Bind("more") int more,
            @Bind("bad") int bad,
            @Bind("bytes") long bytes);

    @SqlUpdate("update attempts set told_last = :hash where id = :attempt")
    void remember(@Bind("attempt") AttemptId attempt, @Bind("hash") String hash);

    @SqlQuery("select started_nanos from results where attempt_id = :attempt and span_id = :span")
    Optional<Long> startOf(@Bind("attempt") AttemptId attempt, @Bind("span") String span);

    /// In order of time, from behind that one on.
    @SqlQuery(
            """
            select * from results
            where attempt_id = :attempt
                and (started_nanos > :nanos or (started_nanos = :nanos and span_id > :span))
            order by started_nanos, span_id fetch first :limit rows only
            """)
    @RegisterRowMapper(ResultRows.OfResult.class)
    List<StoredResult> after(
            @Bind("attempt") AttemptId attempt,
            @Bind("nanos") long nanos,
            @Bind("span") String span,
            @Bind("limit") int limit);

    /// What an attempt has told so far.
    record Used(int results, int bad, long bytes, long logBytes, String lastLogs) {}

    final class UsedMapper implements RowMapper<Used> {
        @Override
        public Used map(ResultSet row, StatementContext context) throws SQLException {
            return new Used(
                    row.getInt("results"),
                    row.getInt("results_bad"),
                    row.getLong("results_bytes"),
                    row.getLong("told_err"),
                    row.getString("told_last"));
        }
    }
}
