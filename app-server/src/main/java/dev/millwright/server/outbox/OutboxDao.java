package dev.millwright.server.outbox;

import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the tables `outbox` and `outbox_channels`.
@RegisterRowMapper(OutboxRows.OfLetter.class)
interface OutboxDao {
    @SqlUpdate(
            """
            insert into outbox (channel, run_id, seq, occasion, subject, created_at, due_at,
                progress, tries)
            values (:channel, :run, :seq, :occasion, :subject, current_timestamp,
                current_timestamp, '', 0)
            """)
    void insert(
            @Bind("channel") UUID channel,
            @Bind("run") RunId run,
            @Bind("seq") long seq,
            @Bind("occasion") String occasion,
            @Bind("subject") String subject);

    /// The runs of which something is due: those whose first letter is, the longest due first.
    @SqlQuery(
            """
            select o.run_id from outbox o
            where o.channel = :channel and o.due_at <= :now
              and (o.claimed_until is null or o.claimed_until < :now)
              and not exists (
                select 1 from outbox p
                where p.channel = o.channel and p.run_id = o.run_id and p.seq < o.seq)
            order by o.due_at, o.run_id fetch first :limit rows only
            """)
    List<UUID> due(
            @Bind("channel") UUID channel, @Bind("now") Instant now, @Bind("limit") int limit);

    @SqlQuery(
            """
            select * from outbox where channel = :channel and run_id = :run
            order by seq fetch first 1 row only
            """)
    Optional<Letter> first(@Bind("channel") UUID channel, @Bind("run") UUID run);

    /// Gives 0 when another server is at it.
    @SqlUpdate(
            """
            update outbox set claimed_until = :until
            where channel = :channel and run_id = :run.value and seq = :seq
              and (claimed_until is null or claimed_until < :now)
            """)
    int claim(@BindMethods Letter letter, @Bind("now") Instant now, @Bind("until") Instant until);

    /// End a claim before its time; one of another server stays.
    @SqlUpdate(
            """
            update outbox set claimed_until = null
            where channel = :channel and run_id = :run.value and seq = :seq
              and claimed_until = :until
            """)
    void giveBack(@BindMethods Letter letter, @Bind("until") Instant until);

    @SqlUpdate("delete from outbox where channel = :channel and run_id = :run.value and seq = :seq")
    int delete(@BindMethods Letter letter);

    @SqlUpdate(
            """
            update outbox set progress = :to, claimed_until = null
            where channel = :channel and run_id = :run.value and seq = :seq
            """)
    void moveOn(@BindMethods Letter letter, @Bind("to") String to);

    @SqlUpdate(
            """
            update outbox set tries = tries + 1, due_at = :next, claimed_until = null
            where channel = :channel and run_id = :run.value and seq = :seq
            """)
    void putOff(@BindMethods Letter letter, @Bind("next") Instant next);

    /// What was put off is due now.
    @SqlUpdate(
            """
            update outbox set due_at = current_timestamp
            where channel = :channel and tries > 0 and due_at > current_timestamp
            """)
    void hurry(@Bind("channel") UUID channel);

    /// For a database that belongs to this process alone: nobody is at anything.
    @SqlUpdate("update outbox set claimed_until = null where claimed_until is not null")
    void forgetClaims();

    @SqlUpdate(
            """
            delete from outbox where channel = :channel and created_at < :before
              and (claimed_until is null or claimed_until < :now)
            """)
    int dropBefore(
            @Bind("channel") UUID channel,
            @Bind("before") Instant before,
            @Bind("now") Instant now);

    /// When the newest letter beyond the given number of newer ones was written.
    @SqlQuery(
            """
            select created_at from outbox where channel = :channel
            order by created_at desc offset :most rows fetch first 1 row only
            """)
    Optional<Instant> overflow(@Bind("channel") UUID channel, @Bind("most") int most);

    /// Letters to whom does not exist any more.
    @SqlUpdate(
            """
            delete from outbox where not exists (
                select 1 from resources r where r.uuid = outbox.channel)
            """)
    int dropUndeliverable();

    @SqlUpdate(
            """
            delete from outbox_channels where not exists (
                select 1 from resources r where r.uuid = outbox_channels.channel)
            """)
    void forgetChannels();

    @SqlUpdate("insert into outbox_channels (channel, dropped, reason) values (:channel, 0, '')")
    void insertChannel(@Bind("channel") UUID channel);

    @SqlUpdate(
            """
            update outbox_channels set reason = :reason, failed_at = current_timestamp
            where channel = :channel
            """)
    void noteFailure(@Bind("channel") UUID channel, @Bind("reason") String reason);

    /// Something has arrived since.
    @SqlUpdate("update outbox_channels set reason = '', failed_at = null where channel = :channel")
    void forgetFailure(@Bind("channel") UUID channel);

    @SqlUpdate("update outbox_channels set dropped = dropped + :more where channel = :channel")
    void noteDropped(@Bind("channel") UUID channel, @Bind("more") long more);

    @SqlQuery("select dropped, reason, failed_at from outbox_channels where channel = :channel")
    @RegisterRowMapper(OutboxRows.OfFate.class)
    Optional<OutboxRows.Fate> fate(@Bind("channel") UUID channel);

    @SqlQuery(
            """
            select count(*) as waiting, coalesce(sum(case when tries > 0 then 1 else 0 end), 0) as failing,
                coalesce(sum(tries), 0) as tries, min(created_at) as oldest,
                min(case when tries > 0 then due_at end) as next_try
            from outbox where channel = :channel
            """)
    @RegisterRowMapper(OutboxRows.OfCount.class)
    OutboxRows.Count count(@Bind("channel") UUID channel);
}
