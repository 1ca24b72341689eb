package dev.millwright.server.link;

import dev.millwright.model.NodeName;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// A small authority in memory: one certificate at the top, and a list of what was given out.
final class TestAuthority implements LinkAuthority {
    static final String TOKEN = "a-token";

    private static final AtomicLong SERIALS = new AtomicLong(1);
    private final KeyPair top = keyPair();
    private final X509Certificate certificate;
    private final Map<BigInteger, NodeName> nodes = new ConcurrentHashMap<>();
    private final Set<NodeName> revoked = ConcurrentHashMap.newKeySet();
    final List<String> distrusted = new CopyOnWriteArrayList<>();
    private final List<Consumer<NodeName>> listeners = new CopyOnWriteArrayList<>();
    private volatile X509ExtendedKeyManager serverKeys;

    TestAuthority() {
        certificate = sign("CN=authority", top.getPublic(), inAnHour(), true, List.of());
        serverKeys = keys("server", KeyPurposeId.id_kp_serverAuth, inAnHour());
    }

    static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    /// Keys that count as those of a node.
    FixedKeys node(String name) {
        FixedKeys keys = keys(name, KeyPurposeId.id_kp_clientAuth, inAnHour());
        nodes.put(keys.certificate().getSerialNumber(), new NodeName(name));
        return keys;
    }

    /// Keys of this authority that are no node's, unless the certificate is counted as one later.
    FixedKeys keys(String name, KeyPurposeId purpose, Instant expires) {
        KeyPair pair = keyPair();
        X509Certificate own =
                sign("CN=" + name, pair.getPublic(), expires, false, List.of(purpose));
        return new FixedKeys(pair.getPrivate(), own, certificate);
    }

    void count(X509Certificate certificate, String name) {
        nodes.put(certificate.getSerialNumber(), new NodeName(name));
    }

    void revoke(String name) {
        revoked.add(new NodeName(name));
        listeners.forEach(listener -> listener.accept(new NodeName(name)));
    }

    /// Revoke without telling anybody.
    void revokeQuietly(String name) {
        revoked.add(new NodeName(name));
    }

    void serverKeys(X509ExtendedKeyManager keys) {
        serverKeys = keys;
    }

    static byte[] request(String name) {
        KeyPair pair = keyPair();
        try {
            return new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=" + name), pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public X509ExtendedKeyManager serverKeys() {
        return new RenewedKeys(() -> serverKeys);
    }

    @Override
    public List<X509Certificate> authorities() {
        return List.of(certificate);
    }

    @Override
    public NodeName identify(X509Certificate shown, String from) {
        NodeName node = nodes.get(shown.getSerialNumber());
        if (node == null || revoked.contains(node)) {
            throw new LinkRefusal("the certificate is not that of a node");
        }
        return node;
    }

    @Override
    public void distrusted(String reason, String from) {
        distrusted.add(from + ": " + reason);
    }

    @Override
    public Issued join(
            String token,
            byte[] request,
            String wantedName,
            Map<String, String> labels,
            String from) {
        if (!token.equals(TOKEN)) {
            throw new LinkRefusal("the token is unknown or was used; make a new one");
        }
        return issue(new NodeName(wantedName), request);
    }

    @Override
    public Issued renew(X509Certificate current, byte[] request) {
        return issue(identify(current, ""), request);
    }

    private Issued issue(NodeName node, byte[] request) {
        try {
            PublicKey key =
                    new JcaPKCS10CertificationRequest(new PKCS10CertificationRequest(request))
                            .getPublicKey();
            X509Certificate own =
                    sign(
                            "CN=" + node,
                            key,
                            inAnHour(),
                            false,
                            List.of(KeyPurposeId.id_kp_clientAuth));
            count(own, node.value());
            return new Issued(node, List.of(own, certificate), authorities());
        } catch (IOException | GeneralSecurityException unusable) {
            throw new LinkRefusal("the request is unusable");
        }
    }

    @Override
    public void onRevoked(Consumer<NodeName> listener) {
        listeners.add(listener);
    }

    private X509Certificate sign(
            String subject,
            PublicKey key,
            Instant expires,
            boolean authority,
            List<KeyPurposeId> purposes) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=authority"),
                            BigInteger.valueOf(SERIALS.getAndIncrement()),
                            Date.from(expires.minus(Duration.ofHours(2))),
                            Date.from(expires),
                            new X500Name(subject),
                            key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!purposes.isEmpty()) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(purposes.toArray(KeyPurposeId[]::new)));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                new GeneralName[] {
                                    new GeneralName(GeneralName.dNSName, "localhost"),
                                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                                }));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(top.getPrivate())));
        } catch (OperatorCreationException | IOException | GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
