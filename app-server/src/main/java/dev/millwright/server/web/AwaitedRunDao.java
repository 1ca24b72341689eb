package dev.millwright.server.web;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface AwaitedRunDao {
    /// What became of the delivery that a run was promised for.
    record Promise(String status, String reason) {}

    @SqlQuery(
            """
            select status, reason from deliveries
            where received_at between :from and :to and run_id = :run
            fetch first 1 row only
            """)
    @RegisterConstructorMapper(Promise.class)
    Optional<Promise> find(UUID run, Instant from, Instant to);
}
