package dev.millwright.server.access;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface AccessKeyDao {
    /// One row of the table.
    record Row(String id, String name, String hash, String role) {}

    @SqlQuery("select id, name, hash, role from access_keys where id = :id")
    @RegisterConstructorMapper(Row.class)
    Optional<Row> find(String id);

    @SqlUpdate(
            """
            insert into access_keys (id, name, home, hash, role, created_at)
            values (:id, :name, :home, :hash, :role, :now)
            """)
    void insert(String id, String name, String home, String hash, String role, Instant now);

    @SqlUpdate("delete from access_keys where name = :name and home in ('', :home)")
    void deleteOf(String name, String home);
}
