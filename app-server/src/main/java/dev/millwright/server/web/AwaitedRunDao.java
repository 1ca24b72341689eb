package dev.millwright.server.web;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface AwaitedRunDao {
    @SqlQuery(
            """
            select count(*) > 0 from deliveries
            where received_at between :from and :to and run_id = :run and status = 'RECEIVED'
            """)
    boolean isAwaited(UUID run, Instant from, Instant to);
}
