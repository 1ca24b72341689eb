package dev.millwright.server.run;

import dev.millwright.model.AttemptId;
import dev.millwright.model.DeliveryId;
import dev.millwright.model.NodeName;
import dev.millwright.model.RunId;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Turns rows into records.
///
/// Public because JDBI makes it by reflection; nobody else does.
public final class RunRows {
    private RunRows() {}

    public static final class OfRun implements RowMapper<RunRecord> {
        @Override
        public RunRecord map(ResultSet row, StatementContext context) throws SQLException {
            UUID delivery = row.getObject("delivery_id", UUID.class);
            UUID rerunOf = row.getObject("rerun_of", UUID.class);
            return new RunRecord(
                    new RunId(row.getObject("id", UUID.class)),
                    row.getString("namespace"),
                    row.getString("pipeline"),
                    row.getLong("number"),
                    RunPhase.valueOf(row.getString("phase")),
                    outcome(row),
                    row.getString("event"),
                    row.getString("cause"),
                    delivery == null ? null : new DeliveryId(delivery),
                    rerunOf == null ? null : new RunId(rerunOf),
                    row.getString("branch"),
                    row.getString("tag"),
                    row.getString("commit_hash"),
                    row.getString("commit_message"),
                    row.getString("author"),
                    row.getString("message"),
                    row.getString("trace_id"),
                    row.getString("root_span_id"),
                    row.getString("concurrency_group"),
                    row.getLong("revision"),
                    row.getLong("event_count"),
                    row.getInt("steps_total"),
                    row.getInt("steps_finished"),
                    requiredTime(row, "queued_at"),
                    time(row, "started_at"),
                    time(row, "finished_at"),
                    time(row, "wake_at"));
        }
    }

    public static final class OfAttempt implements RowMapper<AttemptRecord> {
        @Override
        public AttemptRecord map(ResultSet row, StatementContext context) throws SQLException {
            return new AttemptRecord(
                    new AttemptId(row.getObject("id", UUID.class)),
                    new RunId(row.getObject("run_id", UUID.class)),
                    row.getInt("position"),
                    row.getInt("number"),
                    row.getLong("fence"),
                    new NodeName(row.getString("node")),
                    AttemptRecord.Phase.valueOf(row.getString("phase")),
                    row.getString("cause"),
                    outcome(row),
                    row.getObject("exit_code", Integer.class),
                    requiredTime(row, "assigned_at"),
                    time(row, "started_at"),
                    time(row, "finished_at"),
                    row.getLong("log_lines"),
                    row.getLong("log_out"),
                    row.getLong("log_err"),
                    row.getInt("results"));
        }
    }

    static @Nullable Outcome outcome(ResultSet row) throws SQLException {
        String word = row.getString("outcome");
        return word == null ? null : Outcome.valueOf(word);
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static Instant requiredTime(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
