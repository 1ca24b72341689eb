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
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who was let in and who was not. Of a token its id only. Called from any thread.
final class NodeEvents {
    private static final Logger log = LoggerFactory.getLogger(NodeEvents.class);
    private static final int LONGEST_TEXT = 500;

    // Anybody may knock: the journal must not be filled by it
    private static final int REFUSALS = 60;
    private static final Duration PER = Duration.ofMinutes(1);

    // A node that was removed and does not know it may come back for days
    private final LastTold turnedAway = new LastTold(Duration.ofHours(1));

    // And one that knows another authority tries again every few seconds
    private final LastTold distrusted = new LastTold(PER);
    private final Allowance distrusts = new Allowance(REFUSALS, PER);

    private final Allowance refusals = new Allowance(REFUSALS, PER);
    private final Journal journal;
    private final Database database;

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
    ///
    /// @param token its id; empty when what was shown is none that was made here
    void refused(String reason, String token, String from) {
        Map<String, Object> more = token.isEmpty() ? Map.of() : Map.of("token", token);
        unlessTooMany(
                refusals, "node.join-refused", "a machine may not join from", reason, from, more);
    }

    /// A certificate that the authority once gave out does not count any more. Written down once an
    /// hour for each.
    void turnedAway(X509Certificate certificate, String reason, String from) {
        if (!turnedAway.isNew(certificate.getSerialNumber().toString(16))) {
            return;
        }
        log.info("a node at {} is turned away: {}", plain(from), plain(reason));
        String node = certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
        Map<String, Object> data =
                Map.of("node", node, "reason", plain(reason), "address", plain(from));
        database.change(tx -> append(tx, "node.turned-away", "node/" + node, data));
    }

    /// With a machine no trust could be established. Written down once a minute for each address.
    void distrusted(String reason, String from) {
        if (distrusted.isNew(from)) {
            String words = "no trust could be established with";
            unlessTooMany(distrusts, "node.distrusted", words, reason, from, Map.of());
        }
    }

    /// @param words what the log says before the address
    private void unlessTooMany(
            Allowance allowance,
            String type,
            String words,
            String reason,
            String from,
            Map<String, Object> more) {
        long before = allowance.take();
        if (before < 0) {
            return;
        }
        log.info("{} {}: {}", words, plain(from), plain(reason));
        Map<String, Object> data = new TreeMap<>(more);
        data.put("reason", plain(reason));
        data.put("address", plain(from));
        if (before > 0) {
            data.put("notRecorded", before);
        }
        database.change(tx -> append(tx, type, "node", data));
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
