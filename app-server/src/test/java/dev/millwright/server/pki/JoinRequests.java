package dev.millwright.server.pki;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Keys of machines, and what they ask with.
public final class JoinRequests {
    private JoinRequests() {}

    static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    static KeyPair rsa(int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static KeyPair ed25519() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /// A request with a new key, as a node makes it.
    public static byte[] fresh() {
        try {
            return of(ec("secp256r1"));
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    static byte[] of(KeyPair key) throws Exception {
        return of(key, key.getPrivate(), "CN=whatever", null);
    }

    /// @param signer whose signature it bears
    /// @param wishes extensions that the sender would like to have; may be null
    static byte[] of(KeyPair key, PrivateKey signer, String name, Extensions wishes)
            throws Exception {
        PKCS10CertificationRequestBuilder request =
                new JcaPKCS10CertificationRequestBuilder(new X500Name(name), key.getPublic());
        if (wishes != null) {
            request.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, wishes);
        }
        String algorithm =
                switch (signer.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                };
        return request.build(new JcaContentSignerBuilder(algorithm).build(signer)).getEncoded();
    }
}
