package dev.millwright.server.trigger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `crons`, and a look at the runs that schedules have started.
public interface CronDao {
    /// What is noted of one schedule.
    record Row(String scheduleHash, Instant nextAt) {}

    @SqlQuery(
            """
            select schedule_hash, next_at from crons
            where namespace = :namespace and pipeline = :pipeline and name = :name
              and next_at is not null
            """)
    @RegisterConstructorMapper(Row.class)
    Optional<Row> find(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("name") String name);

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

    @SqlQuery(
            """
            select id from runs where namespace = :namespace and pipeline = :pipeline
              and event = 'cron' and phase <> 'FINISHED' order by id
            """)
    List<UUID> unfinished(@Bind("namespace") String namespace, @Bind("pipeline") String pipeline);
}
