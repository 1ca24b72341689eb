package dev.millwright.forgekit.payload;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The proof of most forges: a prefix and the HMAC-SHA256 of the raw body in hexadecimal digits
/// with small letters, as they all write it. Pure.
///
/// ```java
/// HmacProof.holds("sha256=", request.header("X-Hub-Signature").orElse(""), request.body(), secret)
/// ```
public final class HmacProof {
    private static final String ALGORITHM = "HmacSHA256";

    private HmacProof() {}

    /// Whether the header is the right one, in a time that tells nothing about what would be right.
    public static boolean holds(String prefix, String header, Payload body, Secret secret) {
        byte[] mac = mac(secret.reveal().getBytes(UTF_8), body.bytes());
        String right = prefix + HexFormat.of().formatHex(mac);
        return MessageDigest.isEqual(header.getBytes(UTF_8), right.getBytes(UTF_8));
    }

    /// The HMAC-SHA256 of these parts, one after the other.
    public static byte[] mac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java", impossible);
        }
    }
}
