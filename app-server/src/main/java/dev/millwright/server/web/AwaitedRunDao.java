package dev.millwright.server.web;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

interface AwaitedRunDao {
    @SqlQuery(
            """
            select count(*) > 0 from deliveries
            where received_at between :from and :to and run_id = :run and status = 'RECEIVED'
            """)
    boolean isAwaited(UUID run, Instant from, Instant to);

    /// Why the delivery that would have started this run did not.
    @SqlQuery(
            """
            select 'delivery ' || id || ' was ' || lower(status) || ': ' || reason from deliveries
            where received_at between :from and :to and run_id = :run
                and status in ('IGNORED', 'REJECTED')
            """)
    Optional<String> turnedDown(UUID run, Instant from, Instant to);
}
