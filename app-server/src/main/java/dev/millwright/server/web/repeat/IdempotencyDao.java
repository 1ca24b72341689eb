package dev.millwright.server.web.repeat;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface IdempotencyDao {
    /// One row; status 0 while the first request is being carried out.
    record Row(String requestHash, int status, String location, String body, Instant createdAt) {}

    @SqlQuery(
            """
            select request_hash, status, location, body, created_at from idempotency_keys
            where scope = :scope and idem_key = :key
            """)
    @RegisterConstructorMapper(Row.class)
    Optional<Row> find(String scope, String key);

    @SqlUpdate(
            """
            insert into idempotency_keys
                (scope, idem_key, request_hash, status, location, body, created_at)
            values (:scope, :key, :hash, 0, '', '', :now)
            """)
    void insert(String scope, String key, String hash, Instant now);

    @SqlUpdate(
            """
            update idempotency_keys set status = :status, location = :location, body = :body
            where scope = :scope and idem_key = :key
            """)
    void finish(String scope, String key, int status, String location, String body);

    @SqlUpdate("delete from idempotency_keys where scope = :scope and idem_key = :key")
    void delete(String scope, String key);

    @SqlUpdate(
            """
            delete from idempotency_keys
            where scope = :scope and idem_key = :key and status = 0 and created_at < :before
            """)
    int deleteAbandoned(String scope, String key, Instant before);

    @SqlUpdate("delete from idempotency_keys where created_at < :before")
    void deleteOld(Instant before);
}
