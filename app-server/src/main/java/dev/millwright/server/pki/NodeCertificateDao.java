package dev.millwright.server.pki;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Statements over `enrolled_nodes` and `node_certificates`.
interface NodeCertificateDao {
    /// A certificate that was given out.
    record Given(
            String serial,
            String node,
            long generation,
            String keyHash,
            String renewalOf,
            Instant issuedAt,
            Instant notAfter) {}

    /// How a certificate stands.
    ///
    /// @param enrolled whether its node was not removed
    /// @param lookedAt by the database's clock
    record Standing(
            String serial,
            String node,
            long generation,
            String keyHash,
            Instant notAfter,
            @Nullable Instant seenAt,
            @Nullable String renewedKey,
            @Nullable Instant replacedAt,
            @Nullable Instant revokedAt,
            boolean enrolled,
            @Nullable Instant quarantinedAt,
            Instant lookedAt) {}

    /// A node whose certificates do not count any more.
    record Revoked(String node, Instant revokedAt) {}

    record Enrolled(
            String name, String labels, Instant joinedAt, @Nullable Instant quarantinedAt) {}

    @SqlUpdate(
            """
            insert into enrolled_nodes (name, labels, joined_at) values (:name, :labels, :at)
            """)
    void enrol(@Bind("name") String name, @Bind("labels") String labels, @Bind("at") Instant at);

    @SqlQuery("select name, labels, joined_at, quarantined_at from enrolled_nodes order by name")
    @RegisterConstructorMapper(Enrolled.class)
    List<Enrolled> enrolled();

    /// As JSON.
    @SqlQuery("select labels from enrolled_nodes where name = :name")
    Optional<String> labels(@Bind("name") String name);

    @SqlQuery("select count(*) from enrolled_nodes where name = :name")
    int countEnrolled(@Bind("name") String name);

    /// Keep others from changing or removing the node until the transaction ends.
    @SqlQuery("select name from enrolled_nodes where name = :name for update")
    Optional<String> lock(@Bind("name") String name);

    @SqlUpdate("delete from enrolled_nodes where name = :name")
    int remove(@Bind("name") String name);

    @SqlUpdate(
            """
            update enrolled_nodes set quarantined_at = :at
            where name = :name and quarantined_at is null
            """)
    int quarantine(@Bind("name") String name, @Bind("at") Instant at);

    @SqlUpdate(
            """
            insert into node_certificates
                (serial, node, generation, key_hash, renewal_of, issued_at, not_after)
            values (:serial, :node, :generation, :keyHash, :renewalOf, :issuedAt, :notAfter)
            """)
    void insert(@BindMethods Given given);

    @SqlQuery(
            """
            select c.serial, c.node, c.generation, c.key_hash, c.not_after, c.seen_at,
                c.renewed_key, c.replaced_at, c.revoked_at, n.name is not null as enrolled,
                n.quarantined_at, current_timestamp as looked_at
            from node_certificates c left join enrolled_nodes n on n.name = c.node
            where c.serial = :serial
            """)
    @RegisterConstructorMapper(Standing.class)
    Optional<Standing> find(@Bind("serial") String serial);

    @SqlUpdate(
            """
            update node_certificates set renewed_at = :at, renewed_key = :key
            where serial = :serial and renewed_at is null
            """)
    int renew(@Bind("serial") String serial, @Bind("key") String key, @Bind("at") Instant at);

    /// Certificates for that key that were in use, the renewals of one apart.
    @SqlQuery(
            """
            select count(*) from node_certificates
            where key_hash = :key and seen_at is not null and renewal_of <> :serial
            """)
    int countSeenWithKey(@Bind("key") String key, @Bind("serial") String serial);

    @SqlUpdate(
            """
            update node_certificates set seen_at = :at where serial = :serial and seen_at is null
            """)
    int see(@Bind("serial") String serial, @Bind("at") Instant at);

    @SqlUpdate(
            """
            update node_certificates set replaced_at = :at
            where node = :node and generation < :generation and replaced_at is null
            """)
    int replace(
            @Bind("node") String node, @Bind("generation") long generation, @Bind("at") Instant at);

    @SqlUpdate(
            """
            update node_certificates set revoked_at = :at where node = :node and revoked_at is null
            """)
    int revoke(@Bind("node") String node, @Bind("at") Instant at);

    @SqlQuery(
            """
            select distinct node, revoked_at from node_certificates where revoked_at >= :since
            """)
    @RegisterConstructorMapper(Revoked.class)
    List<Revoked> revokedSince(@Bind("since") Instant since);

    @SqlUpdate("delete from node_certificates where not_after < :before")
    int deleteExpired(@Bind("before") Instant before);
}
