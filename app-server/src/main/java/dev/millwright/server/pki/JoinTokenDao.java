package dev.millwright.server.pki;

import dev.millwright.server.store.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface JoinTokenDao {
    /// One row of the table, without the hash.
    record Row(
            String id,
            String node,
            String labels,
            String createdBy,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant usedAt) {
        JoinTokens.OpenToken toOpenToken() {
            return new JoinTokens.OpenToken(
                    id, node, Json.texts(labels), createdBy, createdAt, expiresAt);
        }
    }

    @SqlUpdate(
            """
            insert into join_tokens (id, hash, node, labels, created_by, created_at, expires_at)
            values (:id, :hash, :node, :labels, :by, :at, :expires)
            """)
    void insert(
            @Bind("id") String id,
            @Bind("hash") String hash,
            @Bind("node") String node,
            @Bind("labels") String labels,
            @Bind("by") String by,
            @Bind("at") Instant at,
            @Bind("expires") Instant expires);

    /// 1 for exactly one caller in the life of the token.
    @SqlUpdate(
            """
            update join_tokens set used_at = current_timestamp
            where hash = :hash and used_at is null and expires_at > current_timestamp
            """)
    int use(@Bind("hash") String hash);

    @SqlQuery("select * from join_tokens where hash = :hash")
    @RegisterConstructorMapper(Row.class)
    Optional<Row> find(@Bind("hash") String hash);

    @SqlQuery(
            """
            select * from join_tokens where used_at is null and expires_at > current_timestamp
            order by created_at, id
            """)
    @RegisterConstructorMapper(Row.class)
    List<Row> open();

    @SqlUpdate("delete from join_tokens where id = :id and used_at is null")
    int delete(@Bind("id") String id);

    @SqlUpdate("delete from join_tokens where expires_at < :before")
    int deleteExpired(@Bind("before") Instant before);
}
