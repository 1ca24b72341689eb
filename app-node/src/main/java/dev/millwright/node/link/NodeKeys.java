package dev.millwright.node.link;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/// Makes keys on the curve P-256 and asks for certificates. Any thread.
public final class NodeKeys {
    private NodeKeys() {}

    public static KeyPair create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new LinkException("this Java has no P-256", missing);
        }
    }

    /// A PKCS#10 request in DER. The name in it counts for nothing.
    public static byte[] request(KeyPair key) {
        try {
            return new JcaPKCS10CertificationRequestBuilder(
                            new X500Principal("CN=millwright-node"), key.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException unusable) {
            throw new LinkException("no certificate can be asked for", unusable);
        }
    }
}
