package dev.millwright.server.pki;

import dev.millwright.model.NodeName;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes keys and writes certificates; all that stands in them is decided here.
final class Certificates {
    static final Duration ROOT_LIFE = Duration.ofDays(3_650);
    static final Duration SERVER_LIFE = Duration.ofDays(7);
    static final Duration NODE_LIFE = Duration.ofHours(24);

    /// Machines whose clock is behind by less than this can use a certificate at once.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(10);

    private static final int SERIAL_BITS = 120;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has P-256", e);
        }
    }

    /// The authority's own certificate, by its own key. It signs nodes and servers, no authorities.
    static X509Certificate root(KeyPair key, Instant now) {
        byte[] mark = new byte[4];
        RANDOM.nextBytes(mark);
        X500Name name = name("Millwright cluster " + HexFormat.of().formatHex(mark));
        try {
            X509v3CertificateBuilder certificate =
                    builder(name, name, key.getPublic(), now, now.plus(ROOT_LIFE))
                            .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                            .addExtension(
                                    Extension.keyUsage,
                                    true,
                                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(certificate, key.getPrivate());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    static X509Certificate server(Signer signer, PublicKey key, ServerNames names, Instant now) {
        return leaf(
                signer,
                builder(issuer(signer), name("Millwright server"), key, now, now.plus(SERVER_LIFE)),
                KeyPurposeId.id_kp_serverAuth,
                names.toSubjectNames());
    }

    static X509Certificate node(Signer signer, PublicKey key, NodeName node, Instant now) {
        GeneralName identity =
                new GeneralName(
                        GeneralName.uniformResourceIdentifier,
                        "spiffe://millwright/node/" + node.value());
        return leaf(
                signer,
                builder(issuer(signer), name(node.value()), key, now, now.plus(NODE_LIFE)),
                KeyPurposeId.id_kp_clientAuth,
                new GeneralNames(identity));
    }

    /// Who signs.
    record Signer(X509Certificate certificate, PrivateKey key) {}

    private static X509Certificate leaf(
            Signer signer,
            X509v3CertificateBuilder certificate,
            KeyPurposeId purpose,
            GeneralNames names) {
        try {
            certificate
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
                    .addExtension(Extension.subjectAlternativeName, false, names)
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils()
                                    .createAuthorityKeyIdentifier(
                                            signer.certificate().getPublicKey()));
            return sign(certificate, signer.key());
        } catch (IOException | GeneralSecurityException e) {
            throw unwritable(e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant end) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS),
                            Date.from(now.minus(CLOCK_SKEW)),
                            Date.from(end),
                            subject,
                            key);
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
            return builder;
        } catch (IOException | GeneralSecurityException e) {
            throw unwritable(e);
        }
    }

    private static X509Certificate sign(X509v3CertificateBuilder certificate, PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            certificate.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw unwritable(e);
        }
    }

    private static X500Name issuer(Signer signer) {
        return X500Name.getInstance(signer.certificate().getSubjectX500Principal().getEncoded());
    }

    private static X500Name name(String common) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, common).build();
    }

    private static AuthorityException unwritable(Exception cause) {
        return new AuthorityException(
                "a certificate could not be written: " + cause.getMessage(), cause);
    }
}
