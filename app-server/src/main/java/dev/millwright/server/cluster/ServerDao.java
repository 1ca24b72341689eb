package dev.millwright.server.cluster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `servers`.
interface ServerDao {
    @SqlQuery("select servers.*, current_timestamp as now from servers order by name, id")
    @RegisterConstructorMapper(ServerRecord.class)
    List<ServerRecord> all();

    @SqlUpdate(
            """
            insert into servers (id, home, name, node_name, address, link_address, sources, version,
                started_at, seen_at, lost)
            values (:id, :home, :name, :node, :address, :linkAddress, :sources, :version,
                current_timestamp, current_timestamp, false)
            """)
    void insert(@BindMethods ServerIdentity self);

    /// Gives 0 when the server has been given up.
    @SqlUpdate("update servers set seen_at = current_timestamp where id = :id and not lost")
    int beat(@Bind("id") UUID id);

    /// Gives 0 when the server is not known any more.
    @SqlUpdate("update servers set seen_at = current_timestamp, lost = false where id = :id")
    int comeBack(@Bind("id") UUID id);

    /// Gives 1 to the first one only that gives the server up, and 0 when it was seen meanwhile.
    @SqlUpdate("update servers set lost = true where id = :id and seen_at = :seenAt and not lost")
    int giveUp(@Bind("id") UUID id, @Bind("seenAt") Instant seenAt);

    @SqlUpdate("delete from servers where id = :id")
    int delete(@Bind("id") UUID id);

    @SqlUpdate("delete from servers where lost and seen_at < :before")
    int deleteOld(@Bind("before") Instant before);
}
