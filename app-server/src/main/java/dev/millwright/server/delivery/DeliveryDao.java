package dev.millwright.server.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Statements over the table `deliveries`.
@RegisterRowMapper(DeliveryRows.class)
interface DeliveryDao {
    String WITHOUT_BODY =
            """
            select id, source, dedupe_key, namespace, pipeline, event, headers, null as body,
                parameters, status, reason, run_id, redelivery_of, received_at, decided_at
            from deliveries
            """;

    @SqlUpdate(
            """
            insert into deliveries (id, source, dedupe_key, namespace, pipeline, event, headers,
                body, parameters, status, reason, run_id, redelivery_of, received_at, decided_at)
            values (:id, :source, :key, :namespace, :pipeline, :event, :headers,
                :body, :parameters, :status, :reason, :run, :redeliveryOf, :receivedAt, :decidedAt)
            """)
    void insert(
            @Bind("id") UUID id,
            @Bind("source") String source,
            @Bind("key") String key,
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("event") String event,
            @Bind("headers") String headers,
            @Bind("body") byte[] body,
            @Bind("parameters") String parameters,
            @Bind("status") String status,
            @Bind("reason") String reason,
            @Bind("run") UUID run,
            @Bind("redeliveryOf") @Nullable UUID redeliveryOf,
            @Bind("receivedAt") Instant receivedAt,
            @Bind("decidedAt") @Nullable Instant decidedAt);

    @SqlQuery("select * from deliveries where source = :source and dedupe_key = :key")
    Optional<Delivery> findByKey(@Bind("source") String source, @Bind("key") String key);

    @SqlQuery("select * from deliveries where id = :id")
    Optional<Delivery> find(@Bind("id") UUID id);

    @SqlQuery("select * from deliveries where id = :id for update")
    Optional<Delivery> lock(@Bind("id") UUID id);

    @SqlQuery(
            WITHOUT_BODY
                    + """
                    where (:namespace = '' or namespace = :namespace)
                      and (:pipeline = '' or pipeline = :pipeline) and id < :before
                    order by id desc fetch first :limit rows only
                    """)
    List<Delivery> list(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("before") UUID before,
            @Bind("limit") int limit);

    @SqlUpdate(
            """
            update deliveries set status = :status, reason = :reason, decided_at = :at
            where id = :id and status = 'RECEIVED'
            """)
    int decide(
            @Bind("id") UUID id,
            @Bind("status") String status,
            @Bind("reason") String reason,
            @Bind("at") Instant at);

    @SqlQuery(
            """
            select id from deliveries where status = 'RECEIVED' and received_at < :before
            order by received_at fetch first :limit rows only
            """)
    List<UUID> undecided(@Bind("before") Instant before, @Bind("limit") int limit);
}
