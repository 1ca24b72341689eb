package dev.millwright.server.outbox;

import dev.millwright.model.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Reads rows of the outbox.
///
/// Public because JDBI makes the mappers by reflection; nobody else does.
public final class OutboxRows {
    private OutboxRows() {}

    record Fate(long dropped, String reason, @Nullable Instant failedAtOrNull) {
        static final Fate NONE = new Fate(0, "", null);
    }

    record Count(
            long waiting,
            long failing,
            long tries,
            @Nullable Instant oldestOrNull,
            @Nullable Instant nextTryOrNull) {}

    public static final class OfLetter implements RowMapper<Letter> {
        @Override
        public Letter map(ResultSet row, StatementContext context) throws SQLException {
            return new Letter(
                    row.getObject("channel", UUID.class),
                    new RunId(row.getObject("run_id", UUID.class)),
                    row.getLong("seq"),
                    row.getString("occasion"),
                    row.getString("subject"),
                    row.getObject("created_at", OffsetDateTime.class).toInstant(),
                    row.getObject("due_at", OffsetDateTime.class).toInstant(),
                    row.getString("progress"),
                    row.getInt("tries"));
        }
    }

    public static final class OfFate implements RowMapper<Fate> {
        @Override
        public Fate map(ResultSet row, StatementContext context) throws SQLException {
            return new Fate(
                    row.getLong("dropped"), row.getString("reason"), time(row, "failed_at"));
        }
    }

    public static final class OfCount implements RowMapper<Count> {
        @Override
        public Count map(ResultSet row, StatementContext context) throws SQLException {
            return new Count(
                    row.getLong("waiting"),
                    row.getLong("failing"),
                    row.getLong("tries"),
                    time(row, "oldest"),
                    time(row, "next_try"));
        }
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
