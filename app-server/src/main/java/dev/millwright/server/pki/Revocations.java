package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import dev.millwright.server.store.Broadcast;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells listeners of this server whose certificates count no more, whichever server decided it: at
/// once by a notification of PostgreSQL, and within a second by looking. Called from any thread.
final class Revocations {
    private static final Logger log = LoggerFactory.getLogger(Revocations.class);
    private static final String CHANNEL = "millwright_nodes";

    /// Longer than any transaction that revokes: its rows bear the time when it began.
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final Database database;
    private final List<Consumer<NodeName>> listeners = new CopyOnWriteArrayList<>();
    private final Set<NodeCertificateDao.Revoked> known = new HashSet<>();

    private Revocations(Database database) {
        this.database = database;
    }

    /// What was revoked before is of no interest: nobody has connected yet.
    static Revocations create(Database database) {
        Revocations revocations = new Revocations(database);
        var _ = revocations.news();
        // The thread that brings notifications has more to do than to wait for the database
        database.broadcast()
                .listen(
                        CHANNEL,
                        Broadcast.Listener.waking(() ->
                                Thread.ofVirtual()
                                        .name("node-revocations")
                                        .start(revocations::lookQuietly)));
        return revocations;
    }

    void listen(Consumer<NodeName> listener) {
        listeners.add(listener);
    }

    /// Something was revoked by this server; to be called after the commit.
    void announce() {
        look();
        database.broadcast().announce(CHANNEL, "");
    }

    /// Find what was revoked since the last look.
    void look() {
        news().stream()
                .map(one -> new NodeName(one.node()))
                .distinct()
                .forEach(node -> listeners.forEach(listener -> tell(listener, node)));
    }

    private void lookQuietly() {
        try {
            look();
        } catch (StoreException away) {
            log.debug("revocations cannot be read for now; the next look finds them", away);
        }
    }

    private synchronized List<NodeCertificateDao.Revoked> news() {
        List<NodeCertificateDao.Revoked> found =
                database.read(tx -> {
                    Instant since = tx.now().minus(OVERLAP);
                    return tx.dao(NodeCertificateDao.class).revokedSince(since);
                });
        List<NodeCertificateDao.Revoked> news =
                found.stream().filter(one -> !known.contains(one)).toList();
        known.retainAll(found);
        known.addAll(news);
        return news;
    }

    private static void tell(Consumer<NodeName> listener, NodeName node) {
        try {
            listener.accept(node);
        } catch (RuntimeException failed) {
            log.warn("a connection of node {} may not have been cut", node, failed);
        }
    }
}
