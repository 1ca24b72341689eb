package dev.millwright.server.node;

import java.time.Instant;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `nodes`.
public interface NodeDao {
    @SqlQuery("select count(*) from nodes where name = :name and draining")
    int countDraining(@Bind("name") String name);

    @SqlUpdate("update nodes set draining = :draining, changed_at = :at where name = :name")
    int update(
            @Bind("name") String name, @Bind("draining") boolean draining, @Bind("at") Instant at);

    @SqlUpdate("insert into nodes (name, draining, changed_at) values (:name, :draining, :at)")
    void insert(
            @Bind("name") String name, @Bind("draining") boolean draining, @Bind("at") Instant at);
}
