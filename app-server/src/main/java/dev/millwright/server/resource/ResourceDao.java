package dev.millwright.server.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `resources`.
@RegisterRowMapper(ResourceRows.class)
interface ResourceDao {
    @SqlQuery(
            """
            select * from resources
            where kind = :kind and namespace = :namespace and name = :name
            """)
    Optional<StoredResource> find(
            @Bind("kind") String kind,
            @Bind("namespace") String namespace,
            @Bind("name") String name);

    @SqlQuery(
            """
            select * from resources
            where kind = :kind and (:namespace = '' or namespace = :namespace)
              and (namespace > :afterNamespace or (namespace = :afterNamespace and name > :afterName))
            order by namespace, name fetch first :limit rows only
            """)
    List<StoredResource> list(
            @Bind("kind") String kind,
            @Bind("namespace") String namespace,
            @Bind("afterNamespace") String afterNamespace,
            @Bind("afterName") String afterName,
            @Bind("limit") int limit);

    /// Changes with each change of resources of that kind, but for what [KnownPipelines] says.
    @SqlQuery(
            """
            select count(*) as count, coalesce(sum(revision), 0) as revisions,
                max(updated_at) as latest
            from resources where kind = :kind
            """)
    @RegisterConstructorMapper(KnownPipelines.Mark.class)
    KnownPipelines.Mark mark(@Bind("kind") String kind);

    @SqlQuery("select * from resources where origin = :origin order by kind, namespace, name")
    List<StoredResource> ofOrigin(@Bind("origin") String origin);

    @SqlQuery("select distinct origin from resources order by origin")
    List<String> origins();

    @SqlUpdate("update resources set origin = :to where origin = :from")
    int rename(@Bind("from") String from, @Bind("to") String to);

    @SqlUpdate("update resources set origin = :origin where uuid = :uuid")
    int own(@Bind("uuid") UUID uuid, @Bind("origin") String origin);

    @SqlQuery("select count(*) from resources where namespace = :namespace")
    long countIn(@Bind("namespace") String namespace);

    @SqlUpdate(
            """
            insert into resources (uuid, kind, namespace, name, revision, labels, annotations, spec,
                origin, created_at, updated_at)
            values (:uuid, :kind, :namespace, :name, 1, :labels, :annotations, :spec,
                :origin, :at, :at)
            """)
    void insert(
            @Bind("uuid") UUID uuid,
            @Bind("kind") String kind,
            @Bind("namespace") String namespace,
            @Bind("name") String name,
            @Bind("labels") String labels,
            @Bind("annotations") String annotations,
            @Bind("spec") String spec,
            @Bind("origin") String origin,
            @Bind("at") Instant at);

    @SqlUpdate(
            """
            update resources set revision = revision + 1, labels = :labels,
                annotations = :annotations, spec = :spec, origin = :origin, updated_at = :at
            where uuid = :uuid and revision = :revision
            """)
    int update(
            @Bind("uuid") UUID uuid,
            @Bind("revision") long revision,
            @Bind("labels") String labels,
            @Bind("annotations") String annotations,
            @Bind("spec") String spec,
            @Bind("origin") String origin,
            @Bind("at") Instant at);

    @SqlUpdate("delete from resources where uuid = :uuid and revision = :revision")
    int delete(@Bind("uuid") UUID uuid, @Bind("revision") long revision);
}
