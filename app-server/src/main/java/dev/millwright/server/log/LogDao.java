package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface LogDao {
    /// Moves the end of the log on if the chunk goes on right there; tells how many rows that were.
    @SqlUpdate(
            """
            update attempts set
                log_lines = :firstLine + :lineCount,
                log_out = :outOffset + :outLength,
                log_err = :errOffset + :errLength,
                log_stored = log_stored + :size
            where id = :attempt
                and log_lines = :firstLine and log_out = :outOffset and log_err = :errOffset
                and :sequence = (
                    select coalesce(max(sequence) + 1, 0) from log_chunks
                    where attempt_id = :attempt)
            """)
    int moveOn(
            @Bind("attempt") AttemptId attempt,
            @BindMethods LogChunk chunk,
            @Bind("size") int size);

    @SqlUpdate(
            """
            insert into log_chunks (attempt_id, sequence, first_line, line_count, out_offset,
                out_length, err_offset, err_length, first_at, data)
            values (:attempt, :sequence, :firstLine, :lineCount, :outOffset, :outLength,
                :errOffset, :errLength, :firstAt, :data)
            """)
    void insert(@Bind("attempt") AttemptId attempt, @BindMethods LogChunk chunk);

    @SqlQuery(
            """
            select a.log_lines, a.log_out, a.log_err, a.finished_at is not null as finished,
                (select coalesce(max(c.sequence) + 1, 0) from log_chunks c
                    where c.attempt_id = a.id) as next_sequence
            from attempts a where a.id = :attempt
            """)
    @RegisterRowMapper(EndMapper.class)
    Optional<End> end(@Bind("attempt") AttemptId attempt);

    /// The chunk that holds the line, or the last one before it.
    @SqlQuery(
            """
            select max(sequence) from log_chunks
            where attempt_id = :attempt and first_line <= :line
            """)
    Optional<Integer> sequenceOf(@Bind("attempt") AttemptId attempt, @Bind("line") long line);

    @SqlQuery(
            """
            select * from log_chunks where attempt_id = :attempt and sequence >= :from
            order by sequence fetch first :limit rows only
            """)
    @RegisterRowMapper(ChunkMapper.class)
    List<LogChunk> chunks(
            @Bind("attempt") AttemptId attempt, @Bind("from") int from, @Bind("limit") int limit);

    /// How much of a log is stored, and whether more can come.
    record End(long lines, long out, long err, boolean isFinished, int nextSequence) {
        static final End NONE = new End(0, 0, 0, true, 0);
    }

    final class EndMapper implements RowMapper<End> {
        @Override
        public End map(ResultSet row, StatementContext context) throws SQLException {
            return new End(
                    row.getLong("log_lines"),
                    row.getLong("log_out"),
                    row.getLong("log_err"),
                    row.getBoolean("finished"),
                    row.getInt("next_sequence"));
        }
    }

    final class ChunkMapper implements RowMapper<LogChunk> {
        @Override
        public LogChunk map(ResultSet row, StatementContext context) throws SQLException {
            return new LogChunk(
                    row.getInt("sequence"),
                    row.getLong("first_line"),
                    row.getInt("line_count"),
                    row.getLong("out_offset"),
                    row.getInt("out_length"),
                    row.getLong("err_offset"),
                    row.getInt("err_length"),
                    row.getObject("first_at", OffsetDateTime.class).toInstant(),
                    row.getBytes("data"));
        }
    }
}
