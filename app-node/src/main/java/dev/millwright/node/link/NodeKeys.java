package dev.millwright.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/// Makes keys on the curve P-256 and asks for certificates. Any thread.
///
/// A request is written by hand. A library for it may not be on the agent's class path: the network
/// library looks for it there and loads all of its ciphers, which takes an agent about 15 MB.
public final class NodeKeys {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BITS = 0x03;
    private static final int OBJECT = 0x06;
    private static final int TEXT = 0x0C;
    private static final int ATTRIBUTES = 0xA0;
    private static final int SHORT = 0x80;
    private static final int BYTE = 8;

    /// 2.5.4.3.
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    /// 1.2.840.10045.4.3.2.
    private static final byte[] ECDSA_WITH_SHA256 = {
        0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02
    };

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

    /// A PKCS#10 request in DER (RFC 2986). The name in it counts for nothing.
    public static byte[] request(KeyPair key) {
        byte[] name =
                der(
                        SET,
                        der(
                                SEQUENCE,
                                der(OBJECT, COMMON_NAME),
                                der(TEXT, "millwright-node".getBytes(UTF_8))));
        byte[] wish =
                der(
                        SEQUENCE,
                        der(INTEGER, new byte[1]),
                        der(SEQUENCE, name),
                        key.getPublic().getEncoded(),
                        der(ATTRIBUTES));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key.getPrivate());
            signature.update(wish);
            return der(
                    SEQUENCE,
                    wish,
                    der(SEQUENCE, der(OBJECT, ECDSA_WITH_SHA256)),
                    // No bit of the last byte is unused
                    der(BITS, new byte[1], signature.sign()));
        } catch (GeneralSecurityException unusable) {
            throw new LinkException("no certificate can be asked for", unusable);
        }
    }

    /// A tag, the length of what follows, and that.
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(tag);
        if (length < SHORT) {
            all.write(length);
        } else {
            int bytes = length < 1 << BYTE ? 1 : 2;
            all.write(SHORT | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                all.write(length >> (i * BYTE));
            }
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }
}
