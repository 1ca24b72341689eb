package dev.millwright.node.link;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// The authority of a cluster in a test.
final class TestAuthority {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final X500Principal name;
    private final KeyPair key = NodeKeys.create();
    final X509Certificate root;

    TestAuthority() {
        this(new X500Principal("CN=test authority " + SERIAL.get()));
    }

    private TestAuthority(X500Principal name) {
        this.name = name;
        Instant now = Instant.now();
        root =
                sign(
                        name,
                        key.getPublic(),
                        null,
                        now.minus(Duration.ofDays(9)),
                        now.plus(Duration.ofDays(99)));
    }

    /// Another one that calls itself the same.
    TestAuthority impostor() {
        return new TestAuthority(name);
    }

    /// A key with a certificate that carries the name.
    NodeIdentity.Proof issue(String uri, Instant from, Instant to) {
        KeyPair own = NodeKeys.create();
        X509Certificate certificate =
                sign(new X500Principal("CN=test"), own.getPublic(), uri, from, to);
        return new NodeIdentity.Proof(own, List.of(certificate), List.of(root));
    }

    NodeIdentity.Proof server() {
        return issue(
                Certificates.SERVER,
                Instant.now().minusSeconds(60),
                Instant.now().plus(Duration.ofDays(1)));
    }

    NodeIdentity.Proof node(Duration life) {
        return issue("spiffe://millwright/node/n1", Instant.now(), Instant.now().plus(life));
    }

    /// The answer to a node's request.
    X509Certificate sign(byte[] request, Duration life) {
        try {
            return sign(
                    new X500Principal("CN=n1"),
                    new JcaPKCS10CertificationRequest(request).getPublicKey(),
                    "spiffe://millwright/node/n1",
                    Instant.now(),
                    Instant.now().plus(life));
        } catch (Exception damaged) {
            throw new AssertionError(damaged);
        }
    }

    private X509Certificate sign(
            X500Principal subject, PublicKey subjectKey, String uri, Instant from, Instant to) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(SERIAL.incrementAndGet()),
                            Date.from(from),
                            Date.from(to),
                            subject,
                            subjectKey);
            builder.addExtension(
                    Extension.basicConstraints, true, new BasicConstraints(uri == null));
            if (uri != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(
                                new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(key.getPrivate())));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
