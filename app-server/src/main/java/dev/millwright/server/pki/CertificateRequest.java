package dev.millwright.server.pki;

import dev.millwright.model.Sha256;
import dev.millwright.server.link.LinkRefusal;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// What is taken from a PKCS#10 request: its public key, and the proof that the sender has the
/// private one. Names and wishes in it are not even looked at.
record CertificateRequest(PublicKey key) {
    private static final int LONGEST = 16 << 10;
    private static final int SHORTEST_RSA = 2_048;
    // Longer ones only cost time
    private static final int LONGEST_RSA = 8_192;
    private static final Set<ASN1Encodable> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1);

    /// Throws [LinkRefusal] when it is unusable.
    static CertificateRequest parse(byte[] der) {
        if (der.length > LONGEST) {
            throw new LinkRefusal(
                    "the certificate request has %d bytes; at most %d are taken"
                            .formatted(der.length, LONGEST));
        }
        try {
            JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(der);
            AlgorithmIdentifier algorithm = request.getSubjectPublicKeyInfo().getAlgorithm();
            PublicKey key = request.getPublicKey();
            if (!isStrong(algorithm, key)) {
                throw new LinkRefusal(
                        "the key of the certificate request is not taken: use P-256, P-384, Ed25519, or RSA of %d to %d bits"
                                .formatted(SHORTEST_RSA, LONGEST_RSA));
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new LinkRefusal("the signature of the certificate request is wrong");
            }
            return new CertificateRequest(key);
        } catch (LinkRefusal refusal) {
            throw refusal;
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | RuntimeException malformed) {
            // The parser throws whatever it likes
            throw new LinkRefusal("this is no certificate request (PKCS#10 in DER)");
        }
    }

    private static boolean isStrong(AlgorithmIdentifier algorithm, PublicKey key) {
        var kind = algorithm.getAlgorithm();
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return CURVES.contains(algorithm.getParameters());
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption) && key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= SHORTEST_RSA && bits <= LONGEST_RSA;
        }
        return kind.equals(EdECObjectIdentifiers.id_Ed25519);
    }

    String keyHash() {
        return keyHash(key);
    }

    /// SHA-256 of a public key, in hex.
    static String keyHash(PublicKey key) {
        return Sha256.hex(key.getEncoded());
    }
}
