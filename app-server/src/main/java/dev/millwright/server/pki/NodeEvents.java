package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who was let in and who was not. Never a token. Called from any thread.
final class NodeEvents {
    private static final Logger log = LoggerFactory.getLogger(NodeEvents.class);
    private static final int LONGEST_TEXT = 500;

    // Anybody may knock: the journal must not be filled by it
    private static final int REFUSALS = 60;
    private static final Duration PER = Duration.ofMinutes(1);

    // A node that was removed and does not know it may come back for days
    private static final Duration TOLD_AGAIN = Duration.ofHours(1);
    private static final int TURNED_AWAY = 1_000;

    private final Journal journal;
    private final Database database;
    private long since = System.nanoTime();
    private int refusals;
    private long left;
    private final SequencedMap<String, Long> turnedAway = new LinkedHashMap<>();

    NodeEvents(Journal journal, Database database) {
        this.journal = journal;
        this.database = database;
    }

    void tokenCreated(Tx tx, String id, String node, Instant expires, String by) {
        Map<String, Object> data = new TreeMap<>();
        data.put("token", id);
        data.put("expiresAt", expires.toString());
        data.put("by", by);
        if (!node.isEmpty()) {
            data.put("node", node);
        }
        append(tx, "node.token-created", "node-token/" + id, data);
    }

    void tokenDeleted(Tx tx, String id, String by) {
        append(tx, "node.token-deleted", "node-token/" + id, Map.of("token", id, "by", by));
    }

    void joined(Tx tx, NodeName node, String token, String from) {
        log.info("node {} has joined from {}", node, plain(from));
        append(
                tx,
                "node.joined",
                "node/" + node,
                Map.of("node", node.value(), "token", token, "address", plain(from)));
    }

    void removed(Tx tx, NodeName node, String by) {
        append(tx, "node.removed", "node/" + node, Map.of("node", node.value(), "by", by));
    }

    void quarantined(Tx tx, NodeName node, String reason) {
        log.warn("node {} is put into quarantine: {}", node, reason);
        append(
                tx,
                "node.quarantined",
                "node/" + node,
                Map.of("node", node.value(), "reason", reason));
    }

    /// Somebody did not become a node.
    void refused(String reason, String from) {
        long before = countRefusal();
        if (before < 0) {
            return;
        }
        log.info("a machine at {} may not join: {}", plain(from), plain(reason));
        Map<String, Object> data = new TreeMap<>();
        data.put("reason", plain(reason));
        data.put("address", plain(from));
        if (before > 0) {
            data.put("notRecorded", before);
        }
        database.change(tx -> append(tx, "node.join-refused", "node", data));
    }

    /// A certificate that the authority once gave out does not count any more. Written down once an
    /// hour for each.
    void turnedAway(X509Certificate certificate, String reason, String from) {
        if (!isNew(certificate.getSerialNumber().toString(16))) {
            return;
        }
        log.info("a node at {} is turned away: {}", plain(from), plain(reason));
        String node = certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
        Map<String, Object> data =
                Map.of("node", node, "reason", plain(reason), "address", plain(from));
        database.change(tx -> append(tx, "node.turned-away", "node/" + node, data));
    }

    private synchronized boolean isNew(String serial) {
        long now = System.nanoTime();
        @Nullable Long before = turnedAway.get(serial);
        if (before != null && now - before < TOLD_AGAIN.toNanos()) {
            return false;
        }
        turnedAway.putLast(serial, now);
        if (turnedAway.size() > TURNED_AWAY) {
            turnedAway.pollFirstEntry();
        }
        return true;
    }

    /// How many refusals before this one were not written down; -1 when this one is not, either.
    private synchronized long countRefusal() {
        long now = System.nanoTime();
        if (now - since > PER.toNanos()) {
            since = now;
            refusals = 0;
        }
        if (refusals >= REFUSALS) {
            left++;
            return -1;
        }
        refusals++;
        long before = left;
        left = 0;
        return before;
    }

    private void append(Tx tx, String type, String subject, Map<String, Object> data) {
        journal.append(tx, NewEvent.of("system", type, subject, new Parameters(data)));
    }

    /// What strangers sent, without what would upset a terminal.
    private static String plain(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) : line;
    }
}
