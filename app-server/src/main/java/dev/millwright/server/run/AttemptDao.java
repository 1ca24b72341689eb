package dev.millwright.server.run;

import dev.millwright.model.run.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Statements over the table `attempts`. The column `live_key` is unique, so that a leaf can have
/// one live attempt at most.
@RegisterRowMapper(RunRows.OfAttempt.class)
interface AttemptDao {
    @SqlBatch(
            """
            insert into attempts (id, run_id, position, number, fence, node, phase, live_key,
                cause, outcome, exit_code, assigned_at, started_at, finished_at,
                log_lines, log_out, log_err)
            values (:id.value, :run.value, :position, :number, :fence, :node.value, :phase, :liveKey,
                :cause, :outcomeOrNull, :exitCodeOrNull, :assignedAt, :startedAtOrNull,
                :finishedAtOrNull, :logLines, :logOut, :logErr)
            """)
    void insert(@BindMethods List<AttemptRecord> attempts);

    /// Gives 0 when the attempt has ended before.
    @SqlUpdate(
            """
            update attempts set phase = 'ENDED', live_key = null, cause = :cause,
                outcome = :outcome, exit_code = :exitCode, started_at = :startedAt,
                finished_at = :finishedAt
            where id = :id and phase = 'LIVE'
            """)
    int end(
            @Bind("id") UUID id,
            @Bind("cause") String cause,
            @Bind("outcome") @Nullable Outcome outcome,
            @Bind("exitCode") @Nullable Integer exitCode,
            @Bind("startedAt") @Nullable Instant startedAt,
            @Bind("finishedAt") Instant finishedAt);

    @SqlQuery("select * from attempts where id = :id")
    Optional<AttemptRecord> find(@Bind("id") UUID id);

    @SqlQuery("select * from attempts where run_id = :run order by position, number, fence")
    List<AttemptRecord> ofRun(@Bind("run") UUID run);

    /// All attempts that were given to nodes before that time and have not ended. Asks for a key
    /// because there is an index of keys, with those of live attempts only.
    @SqlQuery("select * from attempts where live_key >= '' and assigned_at < :before order by id")
    List<AttemptRecord> liveSince(@Bind("before") Instant before);

    @SqlQuery("select * from attempts where node = :node and phase = 'LIVE' order by id")
    List<AttemptRecord> live(@Bind("node") String node);
}
