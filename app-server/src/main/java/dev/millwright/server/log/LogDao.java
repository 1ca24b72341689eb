package dev.millwright.server.log;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.log.LogPosition;
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
    /// Moves the end of the log on if the node's chunk goes on right there; tells how many rows
    /// that were. The node does not count what the step told the server itself.
    @SqlUpdate(
            """
            update attempts set
                log_lines = log_lines + :lineCount,
                log_out = log_out + :outLength,
                log_err = log_err + :errLength,
                log_stored = log_stored + :size
            where id = :attempt and log_lines - told_lines = :firstLine
                and log_out = :outOffset and log_err - told_err = :errOffset
            """)
    int moveOn(
            @Bind("attempt") AttemptId attempt,
            @BindMethods LogChunk chunk,
            @Bind("size") int size);

    /// Moves the end of the log on by a chunk that does not come from the node.
    @SqlUpdate(
            """
            update attempts set
                log_lines = log_lines + :lineCount,
                log_err = log_err + :errLength,
                log_stored = log_stored + :size,
                told_chunks = told_chunks + 1,
                told_lines = told_lines + :lineCount,
                told_err = told_err + :errLength
            where id = :attempt
            """)
    void moveOnTold(
            @Bind("attempt") AttemptId attempt,
            @BindMethods LogChunk chunk,
            @Bind("size") int size);

    /// Nobody else appends until the transaction ends. Gives 0 when there is no such attempt.
    @SqlUpdate("update attempts set told_chunks = told_chunks where id = :attempt")
    int lock(@Bind("attempt") AttemptId attempt);

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
            select a.log_lines, a.log_out, a.log_err, a.told_chunks, a.told_lines, a.told_err,
                a.finished_at is not null as finished,
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
    ///
    /// @param told how much of it did not come from the node
    record End(
            long lines,
            long out,
            long err,
            boolean isFinished,
            int nextSequence,
            LogPosition told) {
        static final End NONE = new End(0, 0, 0, true, 0, LogPosition.START);

        /// Where the next chunk is stored.
        LogPosition here() {
            return new LogPosition(nextSequence, lines, out, err);
        }

        /// Where the node goes on, which knows of its own chunks only.
        LogPosition atNode() {
            return new LogPosition(
                    nextSequence - told.sequence(),
                    lines - told.line(),
                    out - told.outOffset(),
                    err - told.errOffset());
        }

        /// The place of a node's chunk among all.
        LogChunk placed(LogChunk chunk) {
            return new LogChunk(
                    chunk.sequence() + told.sequence(),
                    chunk.firstLine() + told.line(),
                    chunk.lineCount(),
                    chunk.outOffset() + told.outOffset(),
                    chunk.outLength(),
                    chunk.errOffset() + told.errOffset(),
                    chunk.errLength(),
                    chunk.firstAt(),
                    chunk.data());
        }
    }

    final class EndMapper implements RowMapper<End> {
        @Override
        public End map(ResultSet row, StatementContext context) throws SQLException {
            return new End(
                    row.getLong("log_lines"),
                    row.getLong("log_out"),
                    row.getLong("log_err"),
                    row.getBoolean("finished"),
                    row.getInt("next_sequence"),
                    new LogPosition(
                            row.getInt("told_chunks"),
                            row.getLong("told_lines"),
                            0,
                            row.getLong("told_err")));
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
