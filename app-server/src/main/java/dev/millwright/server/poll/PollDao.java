package dev.millwright.server.poll;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `polls`.
@RegisterConstructorMapper(PollRow.class)
interface PollDao {
    String ROW =
            """
            select namespace, pipeline, name, type, settings_hash, next_at, claim, claimed_by,
                failures, problem, looked_at, found_at
            from polls
            """;

    /// One poll.
    String IT = " where namespace = :namespace and pipeline = :pipeline and name = :name";

    /// One poll, as long as the look with that fence goes on.
    String MINE = IT + " and claim = :claim";

    @SqlQuery(ROW + " order by namespace, pipeline, name")
    List<PollRow> all();

    @SqlQuery(
            ROW
                    + """
                    where type = :type and next_at <= :now
                    order by next_at fetch first :limit rows only
                    """)
    List<PollRow> due(
            @Bind("type") String type, @Bind("now") Instant now, @Bind("limit") int limit);

    @SqlUpdate(
            """
            insert into polls (namespace, pipeline, name, type, settings_hash, state, next_at,
                claim, claimed_by, failures, problem, looked_at, found_at)
            values (:namespace, :pipeline, :name, :type, :hash, '', :next,
                null, null, 0, '', null, null)
            """)
    void insert(
            @BindMethods PollKey key,
            @Bind("type") String type,
            @Bind("hash") String hash,
            @Bind("next") Instant next);

    /// Begin anew, for something else to look at; a look that goes on counts no more.
    @SqlUpdate(
            """
            update polls set type = :type, settings_hash = :hash, state = '', next_at = :next,
                claim = null, claimed_by = null, failures = 0, problem = '', looked_at = null,
                found_at = null
            """
                    + IT)
    void restart(
            @BindMethods PollKey key,
            @Bind("type") String type,
            @Bind("hash") String hash,
            @Bind("next") Instant next);

    @SqlUpdate("delete from polls" + IT)
    void delete(@BindMethods PollKey key);

    /// Only while nobody looks.
    @SqlUpdate("update polls set next_at = :next" + IT + " and claim is null")
    void reschedule(@BindMethods PollKey key, @Bind("next") Instant next);

    /// Gives 1 to the first one only that saw it due then.
    @SqlUpdate(
            """
            update polls set claim = :claim, claimed_by = :server, next_at = :until
            """
                    + IT
                    + " and settings_hash = :hash and next_at = :due")
    int claim(
            @BindMethods PollKey key,
            @Bind("hash") String hash,
            @Bind("due") Instant due,
            @Bind("claim") UUID claim,
            @Bind("server") UUID server,
            @Bind("until") Instant until);

    /// Empty when the look counts no more.
    @SqlQuery("select state from polls" + MINE)
    Optional<String> state(@BindMethods PollKey key, @Bind("claim") UUID claim);

    /// Gives 0 when the look counts no more.
    @SqlUpdate(
            """
            update polls set claim = null, claimed_by = null, next_at = :next, failures = 0,
                problem = '', looked_at = :now
            """
                    + MINE)
    int sawNothing(
            @BindMethods PollKey key,
            @Bind("claim") UUID claim,
            @Bind("next") Instant next,
            @Bind("now") Instant now);

    /// Gives 0 when the look counts no more.
    @SqlUpdate("update polls set state = :state" + MINE)
    int keep(@BindMethods PollKey key, @Bind("claim") UUID claim, @Bind("state") String state);

    /// Gives 0 when the look counts no more.
    @SqlUpdate("update polls set found_at = :now" + MINE)
    int found(@BindMethods PollKey key, @Bind("claim") UUID claim, @Bind("now") Instant now);

    /// Gives 0 when the look counts no more.
    @SqlUpdate(
            """
            update polls set claim = null, claimed_by = null, next_at = :next,
                failures = failures + 1, problem = :problem, looked_at = :now
            """
                    + MINE)
    int failed(
            @BindMethods PollKey key,
            @Bind("claim") UUID claim,
            @Bind("next") Instant next,
            @Bind("problem") String problem,
            @Bind("now") Instant now);

    /// Look again at once where looks failed, unless the pipeline is suspended.
    @SqlUpdate(
            """
            update polls set next_at = :now
            where type = :type and claim is null and failures > 0
              and next_at > :now and next_at < :never
            """)
    void hurry(@Bind("type") String type, @Bind("now") Instant now, @Bind("never") Instant never);

    /// Give up a look that came to nothing.
    @SqlUpdate("update polls set claim = null, claimed_by = null, next_at = :next" + MINE)
    void release(@BindMethods PollKey key, @Bind("claim") UUID claim, @Bind("next") Instant next);

    /// Give up the looks of servers that are gone.
    @SqlUpdate(
            """
            update polls set claim = null, claimed_by = null, next_at = :now
            where claim is not null and claimed_by <> :self
              and not exists (select 1 from servers where id = claimed_by and not lost)
            """)
    int releaseOrphans(@Bind("self") UUID self, @Bind("now") Instant now);

    /// Say what is wrong with polls that have been due for a while and that nobody looks at.
    @SqlUpdate(
            """
            update polls set problem = :problem
            where type = :type and claim is null and next_at < :before and problem <> :problem
            """)
    void note(
            @Bind("type") String type,
            @Bind("before") Instant before,
            @Bind("problem") String problem);
}
