package dev.millwright.server.event;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import dev.millwright.model.event.Event;
import dev.millwright.server.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

@RegisterRowMapper(EventDao.EventMapper.class)
interface EventDao {
    @SqlBatch(
            """
            insert into events (at, namespace, type, subject, run_id, run_seq, data)
            values (current_timestamp, :namespace, :type, :subject, :runOrNull, :runSeqOrNull, :data)
            """)
    void insert(@BindMethods List<Row> rows);

    @SqlQuery(
            """
            select * from events where seq > :after and seq <= :upTo
            order by seq fetch first :limit rows only
            """)
    List<Event> after(@Bind("after") long after, @Bind("upTo") long upTo, @Bind("limit") int limit);

    @SqlQuery(
            "select * from events where seq < :seq order by seq desc fetch first :limit rows only")
    List<Event> before(@Bind("seq") long seq, @Bind("limit") int limit);

    @SqlQuery(
            """
            select * from events where run_id = :run and seq > :after and seq <= :upTo
            order by seq fetch first :limit rows only
            """)
    List<Event> afterOf(
            @Bind("run") RunId run,
            @Bind("after") long after,
            @Bind("upTo") long upTo,
            @Bind("limit") int limit);

    @SqlQuery(
            """
            select * from events where run_id = :run and run_seq > :after
            order by run_seq fetch first :limit rows only
            """)
    List<Event> ofRun(@Bind("run") RunId run, @Bind("after") long after, @Bind("limit") int limit);

    @SqlQuery("select coalesce(max(seq), 0) from events")
    long last();

    @SqlQuery("select oldest, next from event_writers")
    @RegisterRowMapper(WritersMapper.class)
    Writers writers();

    /// What is bound for one event.
    record Row(
            String namespace,
            String type,
            String subject,
            @Nullable RunId runOrNull,
            @Nullable Long runSeqOrNull,
            Parameters data) {
        static Row of(NewEvent event) {
            return new Row(
                    event.namespace(),
                    event.type(),
                    event.subject(),
                    event.runOrNull(),
                    event.runOrNull() == null ? null : event.runSeq(),
                    event.data());
        }
    }

    /// The transactions that bound what may still be written.
    ///
    /// @param oldest the oldest transaction that still writes
    /// @param next the transaction that begins next
    record Writers(long oldest, long next) {}

    final class WritersMapper implements RowMapper<Writers> {
        @Override
        public Writers map(ResultSet row, StatementContext context) throws SQLException {
            return new Writers(row.getLong(1), row.getLong(2));
        }
    }

    final class EventMapper implements RowMapper<Event> {
        @Override
        public Event map(ResultSet row, StatementContext context) throws SQLException {
            UUID run = row.getObject("run_id", UUID.class);
            return new Event(
                    row.getLong("seq"),
                    at(row),
                    row.getString("namespace"),
                    row.getString("type"),
                    row.getString("subject"),
                    run == null ? null : new RunId(run),
                    row.getLong("run_seq"),
                    Json.parameters(row.getString("data")));
        }

        private static Instant at(ResultSet row) throws SQLException {
            return row.getObject("at", OffsetDateTime.class).toInstant();
        }
    }
}
