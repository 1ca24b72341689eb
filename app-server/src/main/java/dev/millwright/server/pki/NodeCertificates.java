package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import dev.millwright.server.link.LinkRefusal;
import dev.millwright.server.node.Enrolment;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.Tx;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The certificates of nodes, and which of them count. Called from any thread.
///
/// A renewed certificate counts on until its successor is seen: if the answer to a renewal is lost,
/// the node asks again, with the same new key. Whoever asks with another one is a second holder of
/// the old key, and so is whoever comes with a certificate whose successor is in use.
final class NodeCertificates {
    /// Connections that were made before the successor was seen may end in peace.
    static final Duration CHANGEOVER = Duration.ofMinutes(2);

    private static final Duration REMEMBERED = Duration.ofDays(30);

    /// No certificate has this serial, and none is its renewal.
    private static final String NO_RENEWAL = "-";

    private static final String COPIED = "a copy of its key is in use";

    private final Database database;
    private final ClusterAuthority authority;
    private final NodeEvents events;
    private final Revocations revocations;

    NodeCertificates(
            Database database,
            ClusterAuthority authority,
            NodeEvents events,
            Revocations revocations) {
        this.database = database;
        this.authority = authority;
        this.events = events;
        this.revocations = revocations;
    }

    /// Give a machine that was let in its name and first certificate. Of two that want one name at
    /// the same moment the second one's transaction ends with a
    /// [dev.millwright.server.store.DuplicateException].
    X509Certificate enrol(
            Tx tx, NodeName node, Map<String, String> labels, CertificateRequest request) {
        NodeCertificateDao rows = tx.dao(NodeCertificateDao.class);
        requireFresh(rows, request, NO_RENEWAL);
        if (rows.countEnrolled(node.value()) > 0) {
            throw new LinkRefusal(
                    "a node '%s' exists; remove it first ('millwright node remove %s') or choose another name with --name"
                            .formatted(node, node));
        }
        Instant now = tx.now();
        rows.enrol(node.value(), Json.of(labels), now);
        return issue(tx, node, 1, request.key(), "");
    }

    /// A key that was in use may have been copied. One whose certificate got lost on its way was
    /// not, and its machine asks with it again.
    private static void requireFresh(
            NodeCertificateDao rows, CertificateRequest request, String serial) {
        if (rows.countSeenWithKey(request.keyHash(), serial) > 0) {
            throw usedKey();
        }
    }

    private static LinkRefusal usedKey() {
        return new LinkRefusal(
                "this key has a certificate already; make a new key for each certificate");
    }

    private X509Certificate issue(
            Tx tx, NodeName node, long generation, PublicKey key, String renewalOf) {
        Instant now = tx.now();
        X509Certificate certificate = authority.signNode(node, key, now);
        tx.dao(NodeCertificateDao.class)
                .insert(
                        new NodeCertificateDao.Given(
                                serial(certificate),
                                node.value(),
                                generation,
                                CertificateRequest.keyHash(key),
                                renewalOf,
                                now,
                                certificate.getNotAfter().toInstant()));
        return certificate;
    }

    /// Whose certificate it is; throws [LinkRefusal] when it does not count.
    NodeName identify(X509Certificate certificate) {
        NodeCertificateDao.Standing standing = database.read(tx -> find(tx, certificate));
        requireCounts(standing);
        NodeName node = new NodeName(standing.node());
        Instant replaced = standing.replacedAt();
        if (replaced != null && replaced.plus(CHANGEOVER).isBefore(standing.lookedAt())) {
            database.change(tx ->
                    quarantine(tx, node, "it came with a certificate whose successor is in use"));
            throw copied(node);
        }
        if (standing.seenAt() == null) {
            database.change(tx -> see(tx, standing));
        }
        return node;
    }

    private static void see(Tx tx, NodeCertificateDao.Standing standing) {
        NodeCertificateDao rows = tx.dao(NodeCertificateDao.class);
        Instant now = tx.now();
        if (rows.see(standing.serial(), now) > 0) {
            rows.replace(standing.node(), standing.generation(), now);
        }
    }

    private static NodeCertificateDao.Standing find(Tx tx, X509Certificate certificate) {
        String key = CertificateRequest.keyHash(certificate.getPublicKey());
        return tx.dao(NodeCertificateDao.class)
                .find(serial(certificate))
                .filter(standing -> standing.keyHash().equals(key))
                .orElseThrow(() -> new LinkRefusal("this is no certificate of a node"));
    }

    private static void requireCounts(NodeCertificateDao.Standing standing) {
        NodeName node = new NodeName(standing.node());
        if (standing.quarantinedAt() != null) {
            throw copied(node);
        }
        if (standing.revokedAt() != null || !standing.enrolled()) {
            throw LinkRefusal.removed(
                    "the node '%s' was removed; %s".formatted(node, Enrolment.WAY_BACK));
        }
        if (!standing.notAfter().isAfter(standing.lookedAt())) {
            throw new LinkRefusal(
                    "the certificate of node '%s' has expired; remove the node and join again"
                            .formatted(node));
        }
    }

    private static LinkRefusal copied(NodeName node) {
        return new LinkRefusal(
                "the node '%s' is in quarantine, because %s; an administrator removes it ('millwright node remove %s'), and it joins again"
                        .formatted(node, COPIED, node));
    }

    /// The next certificate of a node.
    record Renewed(NodeName node, X509Certificate certificate) {}

    /// Renew a certificate, once for each holder of its key.
    Renewed renew(X509Certificate current, CertificateRequest request) {
        NodeName node = new NodeName(database.read(tx -> find(tx, current)).node());
        Optional<X509Certificate> renewed = database.write(tx -> renew(tx, node, current, request));
        return new Renewed(node, renewed.orElseThrow(() -> copied(node)));
    }

    /// Empty when the node had to be put into quarantine, which has to be committed.
    private Optional<X509Certificate> renew(
            Tx tx, NodeName node, X509Certificate current, CertificateRequest request) {
        NodeCertificateDao rows = tx.dao(NodeCertificateDao.class);
        // A removal at the same time revokes this certificate, too
        var _ = rows.lock(node.value());
        NodeCertificateDao.Standing standing = find(tx, current);
        requireCounts(standing);
        requireFresh(rows, request, standing.serial());
        String key = request.keyHash();
        if (key.equals(standing.keyHash())) {
            throw usedKey();
        }
        if (rows.renew(standing.serial(), key, tx.now()) == 0
                && !key.equals(find(tx, current).renewedKey())) {
            quarantine(tx, node, "one certificate was renewed twice, with two keys");
            return Optional.empty();
        }
        return Optional.of(
                issue(tx, node, standing.generation() + 1, request.key(), standing.serial()));
    }

    /// Let all certificates of a node count no more.
    void quarantine(NodeName node, String reason) {
        database.change(tx -> quarantine(tx, node, reason));
    }

    private void quarantine(Tx tx, NodeName node, String reason) {
        NodeCertificateDao rows = tx.dao(NodeCertificateDao.class);
        Instant now = tx.now();
        if (rows.quarantine(node.value(), now) > 0) {
            rows.revoke(node.value(), now);
            events.quarantined(tx, node, COPIED + ": " + reason);
            tx.afterCommit(revocations::announce);
        }
    }

    /// Take all certificates of a node away; false when there is no such node.
    boolean remove(NodeName node, String by) {
        return database.durable(tx -> {
            NodeCertificateDao rows = tx.dao(NodeCertificateDao.class);
            if (rows.remove(node.value()) == 0) {
                return false;
            }
            rows.revoke(node.value(), tx.now());
            events.removed(tx, node, by);
            tx.afterCommit(revocations::announce);
            return true;
        });
    }

    void forgetOld() {
        database.change(
                tx -> tx.dao(NodeCertificateDao.class).deleteExpired(tx.now().minus(REMEMBERED)));
    }

    private static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }
}
