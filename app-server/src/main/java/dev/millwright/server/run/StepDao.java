package dev.millwright.server.run;

import dev.millwright.model.run.StepState;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/// Statements over the table `steps`.
interface StepDao {
    @SqlBatch(
            """
            insert into steps (run_id, position, path, phase, outcome, attempt, started_at,
                finished_at, due_at, cause, message, exit_code, outputs, carried)
            values (:runId, :position, :path, :phase, :outcome, :attempt, :startedAt,
                :finishedAt, :dueAt, :cause, :message, :exitCode, :outputs, :carried)
            """)
    void insert(@BindMethods List<StepRows> steps);

    @SqlBatch(
            """
            update steps set phase = :phase, outcome = :outcome, attempt = :attempt,
                started_at = :startedAt, finished_at = :finishedAt, due_at = :dueAt,
                cause = :cause, message = :message, exit_code = :exitCode, outputs = :outputs,
                carried = :carried
            where run_id = :runId and position = :position
            """)
    void update(@BindMethods List<StepRows> steps);

    /// Runs with attempts that have to end.
    @SqlQuery(
            """
            select distinct a.run_id from attempts a
            join steps s on s.run_id = a.run_id and s.position = a.position
            where a.phase = 'LIVE' and s.phase = 'CANCELLING'
            """)
    List<UUID> stopping();

    @SqlQuery("select * from steps where run_id = :run order by position")
    @RegisterRowMapper(StepRows.OfStep.class)
    List<StepState> ofRun(@Bind("run") UUID run);
}
