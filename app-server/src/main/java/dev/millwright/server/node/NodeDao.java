package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.server.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/// Statements over the table `nodes`.
@RegisterRowMapper(NodeDao.Mapper.class)
public interface NodeDao {
    @SqlQuery("select * from nodes where name = :name")
    Optional<NodeRow> find(@Bind("name") String name);

    @SqlQuery("select * from nodes order by name")
    List<NodeRow> all();

    /// Of each node only what changes by itself: there may be a thousand, looked at each second.
    @SqlQuery("select name, draining, standing, seen_at, session_id from nodes order by name")
    @RegisterRowMapper(SignMapper.class)
    List<NodeSign> signs();

    @SqlQuery("select * from nodes where name in (<names>) order by name")
    List<NodeRow> named(@BindList("names") Collection<String> names);

    /// How many attempts are under way on each node.
    @SqlQuery("select node, count(*) as busy from attempts where phase = 'LIVE' group by node")
    @KeyColumn("node")
    @ValueColumn("busy")
    Map<String, Integer> busy();

    @SqlUpdate(
            """
            insert into nodes (name, draining, changed_at, standing, standing_at, seen_at, joined_at,
                session_id, connection, version, boot, life, slots, runners, missing_runners,
                labels, facts)
            values (:name, false, current_timestamp, 'ONLINE', current_timestamp,
                current_timestamp, current_timestamp, :session, :connection, :version, :boot, :life, :slots,
                :runners, :missing, :labels, :facts)
            """)
    void insert(@BindMethods Arrival arrival);

    /// The node has connected; gives 0 when it never did before, or has done so since.
    @SqlUpdate(
            """
            update nodes set standing = 'ONLINE', standing_at = current_timestamp,
                seen_at = current_timestamp, session_id = :session,
                connection = case when :connection = 0 then connection + 1 else :connection end,
                version = :version,
                former_lives = case when life = :life then former_lives
                    else substring(life || ' ' || former_lives from 1 for 200) end,
                boot = :boot, life = :life, slots = :slots, runners = :runners,
                missing_runners = :missing, labels = :labels, facts = :facts
            where name = :name and (:connection = 0 or connection < :connection)
            """)
    int arrive(@BindMethods Arrival arrival);

    /// What is known of a node, as it is compared with what it says now.
    ///
    /// @param former earlier lives, separated by spaces
    record Told(NodeSign sign, String life, String former, String facts) {
        boolean hasLivedAs(String other) {
            return List.of(former.split(" ")).contains(other);
        }
    }

    @SqlQuery(
            """
            select name, draining, standing, seen_at, session_id, life, former_lives, facts
            from nodes where name = :name
            """)
    @RegisterRowMapper(ToldMapper.class)
    Optional<Told> told(@Bind("name") String name);

    /// Nothing comes over that connection any more, and nobody knows whether the node lives.
    @SqlUpdate("update nodes set session_id = null where name = :name and session_id = :session")
    void close(@Bind("name") String name, @Bind("session") UUID session);

    /// The node went down in order; gives 0 when it has connected anew.
    @SqlUpdate(
            """
            update nodes set standing = 'OFFLINE', standing_at = current_timestamp,
                session_id = null
            where name = :name and session_id = :session
            """)
    int depart(@Bind("name") String name, @Bind("session") UUID session);

    @SqlUpdate("update nodes set facts = :facts where name = :name")
    int facts(@Bind("name") String name, @Bind("facts") String facts);

    @SqlUpdate("update nodes set seen_at = current_timestamp where session_id in (<sessions>)")
    int seen(@BindList("sessions") Collection<UUID> sessions);

    @SqlUpdate(
            """
            update nodes set seen_at = :at
            where name = :name and session_id = :session and seen_at < :at
            """)
    int seenAt(@Bind("name") String name, @Bind("session") UUID session, @Bind("at") Instant at);

    /// Gives 0 when somebody else judged it in the meantime.
    @SqlUpdate(
            """
            update nodes set standing = :to, standing_at = current_timestamp
            where name = :name and standing = :from
            """)
    int judge(
            @Bind("name") String name,
            @Bind("from") NodeOffer.Standing from,
            @Bind("to") NodeOffer.Standing to);

    /// Gives 0 when it was so already, or there is no such node.
    @SqlUpdate(
            """
            update nodes set draining = :draining, changed_at = current_timestamp
            where name = :name and draining <> :draining
            """)
    int drain(@Bind("name") String name, @Bind("draining") boolean draining);

    @SqlUpdate("update nodes set runners = :runners, missing_runners = :missing where name = :name")
    void runners(
            @Bind("name") String name,
            @Bind("runners") String runners,
            @Bind("missing") String missing);

    @SqlUpdate("delete from nodes where name = :name")
    int delete(@Bind("name") String name);

    /// Whether the node still gets its work over that connection and is not being drained; until
    /// the transaction ends no other connection can take its place. For PostgreSQL.
    @SqlQuery(
            """
            select session_id = :session and not draining from nodes where name = :name for share
            """)
    Optional<Boolean> holds(@Bind("name") String name, @Bind("session") UUID session);

    /// What is bound when a node connects.
    record Arrival(
            String name,
            UUID session,
            long connection,
            String version,
            String boot,
            String life,
            int slots,
            String runners,
            String missing,
            String labels,
            String facts) {
        static Arrival of(String name, UUID session, NodeHello hello) {
            NodeProfile profile = hello.profile();
            return new Arrival(
                    name,
                    session,
                    hello.connection(),
                    profile.version(),
                    profile.boot(),
                    profile.life(),
                    profile.slots(),
                    String.join(" ", new TreeSet<>(profile.runners())),
                    Json.of(profile.missing()),
                    Json.of(profile.labels()),
                    Json.of(profile.facts()));
        }
    }

    final class Mapper implements RowMapper<NodeRow> {
        @Override
        public NodeRow map(ResultSet row, StatementContext context) throws SQLException {
            return new NodeRow(
                    row.getString("name"),
                    row.getBoolean("draining"),
                    NodeOffer.Standing.valueOf(row.getString("standing")),
                    time(row, "standing_at"),
                    time(row, "seen_at"),
                    time(row, "joined_at"),
                    row.getObject("session_id", UUID.class),
                    new NodeProfile(
                            row.getString("version"),
                            row.getString("boot"),
                            row.getString("life"),
                            Json.texts(row.getString("labels")),
                            Json.texts(row.getString("facts")),
                            runners(row.getString("runners")),
                            Json.texts(row.getString("missing_runners")),
                            row.getInt("slots")));
        }

        private static Set<String> runners(String words) {
            return words.isEmpty() ? Set.of() : Set.of(words.split(" "));
        }

        private static Instant time(ResultSet row, String column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }

    /// By hand, because a thousand rows are read each second.
    final class SignMapper implements RowMapper<NodeSign> {
        @Override
        public NodeSign map(ResultSet row, StatementContext context) throws SQLException {
            return new NodeSign(
                    row.getString("name"),
                    row.getBoolean("draining"),
                    NodeOffer.Standing.valueOf(row.getString("standing")),
                    Mapper.time(row, "seen_at"),
                    row.getObject("session_id", UUID.class));
        }
    }

    final class ToldMapper implements RowMapper<Told> {
        private final SignMapper signs = new SignMapper();

        @Override
        public Told map(ResultSet row, StatementContext context) throws SQLException {
            return new Told(
                    signs.map(row, context),
                    row.getString("life"),
                    row.getString("former_lives"),
                    row.getString("facts"));
        }
    }
}
