package dev.millwright.server.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.NodeName;
import dev.millwright.model.Sha256;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The one authority of a cluster, which signs the certificates of its servers and nodes. Its key
/// is in the database, sealed with the cluster's key. Called from any thread.
final class ClusterAuthority {
    private static final String NAME = "root";

    private final Certificates.Signer signer;

    private ClusterAuthority(Certificates.Signer signer) {
        this.signer = signer;
    }

    /// Open the cluster's authority; make it when the database has none. Of several servers that do
    /// so at once one makes it, and the others open that one.
    ///
    /// @param configuredKey the cluster's key in base64; empty to keep it in the data directory
    static ClusterAuthority create(Database database, String configuredKey, Path dataDirectory) {
        ClusterKeySource keys = new ClusterKeySource(configuredKey, dataDirectory);
        Optional<AuthorityDao.Row> stored = find(database);
        AuthorityDao.Row row =
                stored.isPresent() ? stored.get() : make(database, keys.presentOrMade());
        Optional<ClusterKey> key = keys.present();
        if (keys.isMade() && key.filter(one -> fits(one, row)).isEmpty()) {
            // Another server was faster, with a key of its own
            keys.forgetMade();
            key = Optional.empty();
        }
        return open(row, key.orElseThrow(() -> missing(keys)));
    }

    private static Optional<AuthorityDao.Row> find(Database database) {
        return database.read(tx -> tx.dao(AuthorityDao.class).find(NAME));
    }

    private static AuthorityDao.Row make(Database database, ClusterKey key) {
        KeyPair pair = Certificates.newKey();
        try {
            return database.durable(tx -> {
                Instant now = tx.now();
                try {
                    AuthorityDao.Row row =
                            new AuthorityDao.Row(
                                    NAME,
                                    Certificates.root(pair, now).getEncoded(),
                                    key.seal(pair.getPrivate().getEncoded(), NAME),
                                    key.mark());
                    tx.dao(AuthorityDao.class).insert(row, now);
                    return row;
                } catch (GeneralSecurityException e) {
                    throw new AuthorityException("the authority cannot be made", e);
                }
            });
        } catch (DuplicateException raced) {
            return find(database).orElseThrow();
        }
    }

    private static boolean fits(ClusterKey key, AuthorityDao.Row row) {
        return MessageDigest.isEqual(key.mark().getBytes(UTF_8), row.keyMark().getBytes(UTF_8));
    }

    private static AuthorityException missing(ClusterKeySource keys) {
        return new AuthorityException(
                "the database has the cluster's authority, and the key that opens it is missing: copy %s from a server of this cluster or from your backup, or name the key with the setting cluster.key"
                        .formatted(keys.file()));
    }

    private static ClusterAuthority open(AuthorityDao.Row row, ClusterKey key) {
        if (!fits(key, row)) {
            throw new AuthorityException(
                    "%s holds another key (%s) than the one that the cluster's authority is sealed with (%s): use the key of this cluster, from one of its servers or from your backup"
                            .formatted(key.place(), key.mark(), row.keyMark()));
        }
        try {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(row.certificate()));
            PrivateKey secret =
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(key.open(row.sealedKey(), row.name())));
            if (!belongTogether(secret, certificate.getPublicKey())) {
                throw new GeneralSecurityException("the key is not the certificate's");
            }
            return new ClusterAuthority(new Certificates.Signer(certificate, secret));
        } catch (GeneralSecurityException damaged) {
            throw new AuthorityException(
                    "the cluster's authority is damaged (table authorities, row '%s'): restore that row from a backup of the database; %s is the right key for it"
                            .formatted(row.name(), key.place()),
                    damaged);
        }
    }

    private static boolean belongTogether(PrivateKey secret, PublicKey open)
            throws GeneralSecurityException {
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(secret);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(open);
        signature.update(text);
        return signature.verify(signed);
    }

    /// 32 bytes that every server of the cluster finds, and nobody else: for one purpose.
    byte[] secret(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(signer.key().getEncoded(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    X509Certificate certificate() {
        return signer.certificate();
    }

    /// SHA-256 of the authority's certificate in DER, in hex: by this a node knows the cluster
    /// before it trusts it.
    String fingerprint() {
        try {
            return Sha256.hex(signer.certificate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AuthorityException("the authority's certificate cannot be written", e);
        }
    }

    X509Certificate signNode(NodeName node, PublicKey key, Instant now) {
        return Certificates.node(signer, key, node, now);
    }

    /// A new key for this server, and its certificate with the authority's behind it, so that a
    /// machine that does not know the authority yet can compare its hash.
    ServerKeys.Shown newServerKey(ServerNames names, Instant now) {
        KeyPair pair = Certificates.newKey();
        X509Certificate own = Certificates.server(signer, pair.getPublic(), names, now);
        return new ServerKeys.Shown(
                "server-" + own.getSerialNumber().toString(16),
                pair.getPrivate(),
                List.of(own, signer.certificate()));
    }

    /// When a certificate is to be renewed: at two thirds of its life.
    static Instant renewalOf(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        Duration life = Duration.between(certificate.getNotBefore().toInstant(), end);
        return end.minus(life.dividedBy(3));
    }
}
