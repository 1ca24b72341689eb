package dev.millwright.server.pki;

import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One-time tokens with which machines become nodes. Only their hashes are kept; the database's
/// clock judges them. Called from any thread.
public final class JoinTokens {
    public static final Duration USUAL_LIFE = Duration.ofMinutes(15);
    public static final Duration LONGEST_LIFE = Duration.ofDays(7);

    /// How long an expired token is remembered, so that its holder hears what is wrong with it.
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private final Database database;
    private final NodeEvents events;

    JoinTokens(Database database, NodeEvents events) {
        this.database = database;
        this.events = events;
    }

    /// A token that can be used.
    ///
    /// @param node the name that its user gets; empty when they say it
    /// @param labels what the node gets, too
    public record OpenToken(
            String id,
            String node,
            Map<String, String> labels,
            String createdBy,
            Instant createdAt,
            Instant expiresAt) {
        public OpenToken {
            labels = Map.copyOf(labels);
        }
    }

    /// A token that was just made; nobody can read the secret again.
    public record NewToken(OpenToken token, String secret) {
        @Override
        public String toString() {
            return "NewToken[" + token.id() + "]";
        }
    }

    /// Make a token. Throws [LinkRefusal] when the name, a label or the life is not possible.
    ///
    /// @param node empty when the machine says how it wants to be named
    /// @param by who makes it
    public NewToken create(String node, Map<String, String> labels, Duration life, String by) {
        if (!node.isEmpty()) {
            NodeRules.name(node);
        }
        NodeRules.labels(labels);
        if (life.compareTo(Duration.ofSeconds(1)) < 0 || life.compareTo(LONGEST_LIFE) > 0) {
            throw new LinkRefusal("a token lives from 1s to %dd".formatted(LONGEST_LIFE.toDays()));
        }
        JoinToken token = JoinToken.random();
        return database.write(tx -> {
            Instant now = tx.now();
            Instant expires = now.plus(life);
            tx.dao(JoinTokenDao.class)
                    .insert(token.id(), token.hash(), node, Json.of(labels), by, now, expires);
            events.tokenCreated(tx, token.id(), node, expires, by);
            return new NewToken(
                    new OpenToken(token.id(), node, labels, by, now, expires), token.text());
        });
    }

    /// Those that can still be used, oldest first.
    public List<OpenToken> open() {
        return database.read(tx -> tx.dao(JoinTokenDao.class).open()).stream()
                .map(JoinTokenDao.Row::toOpenToken)
                .toList();
    }

    /// Take a token back before it is used; false when there is no such token.
    public boolean delete(String id, String by) {
        return database.write(tx -> {
            boolean deleted = tx.dao(JoinTokenDao.class).delete(id) > 0;
            if (deleted) {
                events.tokenDeleted(tx, id, by);
            }
            return deleted;
        });
    }

    /// Use a token up, if the transaction is committed. Throws [LinkRefusal] for all but one
    /// caller.
    OpenToken redeem(Tx tx, String shown) {
        Optional<JoinToken> token = JoinToken.parse(shown);
        if (token.isEmpty()) {
            throw new LinkRefusal(
                    "this is no token; paste the whole line that 'millwright node token' prints");
        }
        JoinTokenDao tokens = tx.dao(JoinTokenDao.class);
        boolean used = tokens.use(token.get().hash()) > 0;
        JoinTokenDao.Row row =
                tokens.find(token.get().hash())
                        .orElseThrow(() -> refused("is unknown or was taken back"));
        if (!used) {
            throw refused(row.usedAt() == null ? "has expired" : "was used already");
        }
        return row.toOpenToken();
    }

    /// The id of a token that somebody shows, be it used or expired; empty when it was never made,
    /// or is forgotten or taken back. Whoever shows the id alone gets nothing.
    Optional<String> idOf(String shown) {
        return JoinToken.parse(shown)
                .flatMap(
                        token -> database.read(tx -> tx.dao(JoinTokenDao.class).find(token.hash())))
                .map(JoinTokenDao.Row::id);
    }

    private static LinkRefusal refused(String why) {
        return new LinkRefusal(
                "the token %s; make a new one with 'millwright node token'".formatted(why));
    }

    void forgetOld() {
        database.change(tx -> tx.dao(JoinTokenDao.class).deleteExpired(tx.now().minus(REMEMBERED)));
    }
}
