package dev.millwright.server.trigger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `crons`, and a look at the runs that schedules have started.
public interface CronDao {
    /// What is noted of one schedule.
    record Row(
            String namespace, String pipeline, String name, String scheduleHash, Instant nextAt) {}

    @SqlQuery(
            """
            select namespace, pipeline, name, schedule_hash, next_at from crons
            where next_at is not null
            """)
    @RegisterConstructorMapper(Row.class)
    List<Row> all();

    @SqlUpdate(
            """
            update crons set schedule_hash = :hash, next_at = :next
            where namespace = :namespace and pipeline = :pipeline and name = :name
            """)
    int update(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("name") String name,
            @Bind("hash") String hash,
            @Bind("next") Instant next);

    @SqlUpdate(
            """
            insert into crons (namespace, pipeline, name, schedule_hash, next_at, last_at)
            values (:namespace, :pipeline, :name, :hash, :next, null)
            """)
    void insert(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("name") String name,
            @Bind("hash") String hash,
            @Bind("next") Instant next);

    @SqlUpdate(
            """
            delete from crons
            where namespace = :namespace and pipeline = :pipeline and name = :name
            """)
    void delete(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("name") String name);

    @SqlQuery(
            """
            select r.id from runs r join deliveries d on d.id = r.delivery_id
            where r.namespace = :namespace and r.pipeline = :pipeline and r.phase <> 'FINISHED'
              and d.source = :source
            order by r.id
            """)
    List<UUID> unfinished(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("source") String source);

    /// Leave out the occurrences that wait to become runs.
    @SqlUpdate(
            """
            update deliveries set status = 'IGNORED', decided_at = :at,
                reason = 'replaced by a later occurrence before it began'
            where status = 'RECEIVED' and source = :source
            """)
    int supersede(@Bind("source") String source, @Bind("at") Instant at);

    /// How many occurrences wait to become runs.
    @SqlQuery("select count(*) from deliveries where status = 'RECEIVED' and source = :source")
    long waiting(@Bind("source") String source);
}
