package dev.millwright.server.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/// Statements over the table `runs`.
@RegisterRowMapper(RunRows.OfRun.class)
interface RunDao extends SqlObject {
    String COLUMNS =
            """
            id, namespace, pipeline, number, phase, outcome, event, cause, delivery_id, rerun_of,
            branch, tag, commit_hash, commit_message, author, message, trace_id, root_span_id,
            concurrency_group, revision, event_count, steps_total, steps_finished, queued_at,
            started_at, finished_at, wake_at
            """;

    @SqlUpdate(
            """
            insert into runs (id, namespace, pipeline, number, phase, outcome, event, cause,
                delivery_id, rerun_of, branch, tag, commit_hash, commit_message, author, message,
                trace_id, root_span_id, concurrency_group, plan, revision, event_count,
                steps_total, steps_finished, queued_at, started_at, finished_at, wake_at)
            values (:id.value, :namespace, :pipeline, :number, :phase, :outcomeOrNull, :event, :cause,
                :deliveryOrNull?.value, :rerunOfOrNull?.value, :branch, :tag, :commit,
                :commitMessage, :author, :message, :traceId, :rootSpanId, :concurrencyGroupOrNull,
                :plan, :revision, :eventCount, :stepsTotal, :stepsFinished, :queuedAt,
                :startedAtOrNull, :finishedAtOrNull, :wakeAtOrNull)
            """)
    void insert(@BindMethods RunRecord run, @Bind("plan") byte[] plan);

    /// Gives 0 when somebody else stored a decision in the meantime.
    @SqlUpdate(
            """
            update runs set phase = :phase, outcome = :outcomeOrNull, message = :message,
                revision = :revision, event_count = :eventCount, steps_finished = :stepsFinished,
                started_at = :startedAtOrNull, finished_at = :finishedAtOrNull, wake_at = :wakeAtOrNull
            where id = :id.value and revision = :before
            """)
    int update(@BindMethods RunRecord run, @Bind("before") long before);

    @SqlQuery("select " + COLUMNS + " from runs where id = :id")
    Optional<RunRecord> find(@Bind("id") UUID id);

    @SqlQuery(
            "select "
                    + COLUMNS
                    + " from runs where namespace = :namespace and pipeline = :pipeline"
                    + " and number = :number")
    Optional<RunRecord> findByNumber(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("number") long number);

    @SqlQuery("select revision from runs where id = :id")
    Optional<Long> revision(@Bind("id") UUID id);

    @SqlQuery("select plan from runs where id = :id")
    Optional<byte[]> plan(@Bind("id") UUID id);

    @SqlQuery("select id from runs where phase <> 'FINISHED' order by id")
    List<UUID> unfinished();

    /// Those of the given runs that have not finished.
    @SqlQuery("select id from runs where id in (<runs>) and phase <> 'FINISHED'")
    Set<UUID> unfinishedOf(@BindList("runs") Collection<UUID> runs);

    @SqlQuery(
            """
            select id from runs where phase in ('RUNNING', 'CANCELLING') and wake_at < :before
            order by wake_at fetch first 1000 rows only
            """)
    List<UUID> overdue(@Bind("before") Instant before);

    /// The runs that have leaves without a node, the oldest first. By phase, which has an index,
    /// and then by the steps of the few unfinished runs: an index on the phase of steps would be
    /// written with each of their changes.
    @SqlQuery(
            """
            select r.id from runs r where r.phase in ('RUNNING', 'CANCELLING')
              and exists (select 1 from steps s where s.run_id = r.id and s.phase = 'QUEUED')
            order by r.id
            """)
    List<UUID> withQueuedSteps();

    @SqlQuery(
            """
            select id from runs where namespace = :namespace and concurrency_group = :group
            and phase <> 'FINISHED' order by id
            """)
    List<UUID> inGroup(@Bind("namespace") String namespace, @Bind("group") String group);

    @SqlQuery(
            """
            select distinct r.namespace, r.concurrency_group as member from runs r
            where r.phase = 'BLOCKED' and r.concurrency_group is not null
            """)
    @RegisterRowMapper(GroupRows.Mapper.class)
    List<GroupRows> blockedGroups();

    @SqlUpdate(
            """
            update pipeline_counters set last_number = last_number + 1
            where namespace = :namespace and pipeline = :pipeline
            """)
    int raiseCounter(@Bind("namespace") String namespace, @Bind("pipeline") String pipeline);

    @SqlUpdate(
            """
            insert into pipeline_counters (namespace, pipeline, last_number)
            values (:namespace, :pipeline, 0)
            """)
    void insertCounter(@Bind("namespace") String namespace, @Bind("pipeline") String pipeline);

    @SqlQuery(
            """
            select last_number from pipeline_counters
            where namespace = :namespace and pipeline = :pipeline
            """)
    Optional<Long> counter(@Bind("namespace") String namespace, @Bind("pipeline") String pipeline);

    /// Keep others from making runs of the pipeline until the transaction ends.
    @SqlUpdate(
            """
            update pipeline_counters set last_number = last_number
            where namespace = :namespace and pipeline = :pipeline
            """)
    void lockCounter(@Bind("namespace") String namespace, @Bind("pipeline") String pipeline);

    /// The number of a run that the same event of the same commit has started.
    @SqlQuery(
            """
            select number from runs
            where namespace = :namespace and pipeline = :pipeline and event = :event
              and commit_hash = :commit and branch = :branch and tag = :tag and rerun_of is null
            order by number fetch first 1 row only
            """)
    Optional<Long> twin(
            @Bind("namespace") String namespace,
            @Bind("pipeline") String pipeline,
            @Bind("event") String event,
            @Bind("commit") String commit,
            @Bind("branch") String branch,
            @Bind("tag") String tag);

    /// Runs of the same pipeline and branch that were good or bad in the end, newest first.
    ///
    /// @param tagged 1 for runs of tags, else 0
    /// @param pulled 1 for runs of pull requests, else 0
    /// @param before when they had ended
    /// @param oldest the number from which on it is looked
    @SqlQuery(
            "select "
                    + COLUMNS
                    + """
                     from runs
                    where namespace = :namespace and pipeline = :pipeline
                      and number >= :oldest and number < :number and branch = :branch
                      and (case when tag = '' then 0 else 1 end) = :tagged
                      and (case when event like 'pull_request%' then 1 else 0 end) = :pulled
                      and outcome in ('SUCCESS', 'FAILURE', 'ERROR', 'TIMEOUT')
                      and finished_at <= :before
                    order by number desc fetch first :limit rows only
                    """)
    List<RunRecord> judgedBefore(
            @BindMethods RunRecord run,
            @Bind("oldest") long oldest,
            @Bind("tagged") int tagged,
            @Bind("pulled") int pulled,
            @Bind("before") Instant before,
            @Bind("limit") int limit);

    /// A run that is held counts as blocked, as [RunRecord#isHeld()] has it.
    private static String inPhase(String phase) {
        return switch (phase) {
            case "BLOCKED" -> "(phase = :phase or phase = 'RUNNING' and message <> '')";
            case "RUNNING" -> "phase = :phase and message = ''";
            default -> "phase = :phase";
        };
    }

    /// Newest first; only what the query asks for.
    default List<RunRecord> list(RunQuery query, @Nullable String phase, @Nullable String outcome) {
        List<String> conditions = new ArrayList<>();
        if (query.namespaceOrNull() != null) {
            conditions.add("namespace = :namespace");
        }
        if (query.pipelineOrNull() != null) {
            conditions.add("pipeline = :pipeline");
        }
        if (query.branchOrNull() != null) {
            conditions.add("branch = :branch");
        }
        if (query.numberOrNull() != null) {
            conditions.add("number = :number");
        }
        if (phase != null) {
            conditions.add(inPhase(phase));
        }
        if (outcome != null) {
            conditions.add("outcome = :outcome");
        }
        if (query.beforeOrNull() != null) {
            conditions.add("id < :before");
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        try (Query statement =
                getHandle()
                        .createQuery(
                                "select "
                                        + COLUMNS
                                        + " from runs"
                                        + where
                                        + " order by id desc fetch first :limit rows only")) {
            bindIfPresent(statement, "namespace", query.namespaceOrNull());
            bindIfPresent(statement, "pipeline", query.pipelineOrNull());
            bindIfPresent(statement, "branch", query.branchOrNull());
            bindIfPresent(statement, "number", query.numberOrNull());
            bindIfPresent(statement, "phase", phase);
            bindIfPresent(statement, "outcome", outcome);
            query.before().ifPresent(before -> statement.bind("before", before.value()));
            return statement.bind("limit", query.limit()).map(new RunRows.OfRun()).list();
        }
    }

    private static void bindIfPresent(Query statement, String name, @Nullable Object value) {
        if (value != null) {
            statement.bind(name, value);
        }
    }

    @SqlQuery(
            """
            select namespace, pipeline, count(*) as total,
                sum(case when phase = 'FINISHED' then 1 else 0 end) as finished,
                sum(case when outcome = 'SUCCESS' then 1 else 0 end) as succeeded,
                sum(case when outcome in ('FAILURE', 'ERROR', 'TIMEOUT') then 1 else 0 end) as failed,
                count(distinct case when commit_hash = '' then null else commit_hash end) as commits
            from runs group by namespace, pipeline order by namespace, pipeline
            """)
    @RegisterRowMapper(GroupRows.CountMapper.class)
    List<Statistics.PipelineCount> counts();

    /// What is not over; a run that is held waits, as [RunRecord#isHeld()] has it.
    @SqlQuery(
            """
            select namespace, pipeline, state, count(*) as runs from (
                select namespace, pipeline, case
                    when phase = 'CANCELLING' then 'finalizing'
                    when phase = 'RUNNING' and started_at is not null and message = '' then 'executing'
                    else 'pending' end as state
                from runs where phase in ('BLOCKED', 'RUNNING', 'CANCELLING')) as going
            group by namespace, pipeline, state
            """)
    @RegisterRowMapper(GroupRows.ActiveMapper.class)
    List<Statistics.ActiveCount> active();
}
