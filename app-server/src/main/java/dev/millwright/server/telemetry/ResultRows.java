package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import tools.jackson.databind.json.JsonMapper;

/// One row of the table `results`, in the types of its columns.
///
/// Public because JDBI makes it by reflection; nobody else does.
public record ResultRows(
        String spanId,
        String parentId,
        String traceId,
        String name,
        String kind,
        String status,
        String message,
        long startNanos,
        long endNanos,
        String detail) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_DETAIL = 8_000;

    /// What is too long loses its events, then its attributes.
    static ResultRows of(StoredResult result) {
        StoredResult.Detail all = result.detail();
        String detail = JSON.writeValueAsString(all);
        if (detail.length() > LONGEST_DETAIL) {
            detail =
                    JSON.writeValueAsString(
                            new StoredResult.Detail(
                                    all.service(), all.scope(), all.attributes(), List.of()));
        }
        if (detail.length() > LONGEST_DETAIL) {
            detail =
                    JSON.writeValueAsString(
                            new StoredResult.Detail(
                                    all.service(), all.scope(), Map.of(), List.of()));
        }
        return new ResultRows(
                result.spanId(),
                result.parentId(),
                result.traceId(),
                result.name(),
                result.kind(),
                result.status(),
                result.message(),
                result.startNanos(),
                result.endNanos(),
                detail);
    }

    long size() {
        return (long) name.length() + message.length() + detail.length();
    }

    /// Maps a row.
    public static final class OfResult implements RowMapper<StoredResult> {
        @Override
        public StoredResult map(ResultSet row, StatementContext context) throws SQLException {
            return new StoredResult(
                    row.getString("span_id"),
                    row.getString("parent_id"),
                    row.getString("trace_id"),
                    row.getString("name"),
                    row.getString("kind"),
                    row.getString("status"),
                    row.getString("message"),
                    row.getLong("started_nanos"),
                    row.getLong("ended_nanos"),
                    JSON.readValue(row.getString("detail"), StoredResult.Detail.class));
        }
    }

    /// Maps a row of an attempt with its run and step.
    public static final class OfTarget implements RowMapper<Target> {
        @Override
        public Target map(ResultSet row, StatementContext context) throws SQLException {
            String namespace = row.getString("namespace");
            OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
            return new Target(
                    new AttemptId(row.getObject("id", UUID.class)),
                    new RunId(row.getObject("run_id", UUID.class)),
                    row.getInt("position"),
                    row.getInt("number"),
                    row.getString("path"),
                    namespace,
                    "%s/%s#%d"
                            .formatted(
                                    namespace,
                                    row.getString("pipeline"),
                                    row.getLong("run_number")),
                    row.getString("root_span_id"),
                    row.getObject("assigned_at", OffsetDateTime.class).toInstant(),
                    finished == null ? null : finished.toInstant());
        }
    }
}
