package dev.millwright.server.notify.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.plugin.Secret;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs what is sent as [Standard Webhooks](https://www.standardwebhooks.com) have it, so that
/// receivers can use the libraries that exist for that. Pure.
final class StandardSignature {
    private static final String PREFIX = "whsec_";

    private StandardSignature() {}

    /// Throws [IllegalArgumentException] when the secret begins like one in Base64 and is none.
    static Map<String, String> headers(Secret secret, String id, Instant now, byte[] body) {
        String time = Long.toString(now.getEpochSecond());
        ByteArrayOutputStream signed = new ByteArrayOutputStream(body.length + 64);
        signed.writeBytes((id + "." + time + ".").getBytes(UTF_8));
        signed.writeBytes(body);
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + hmac(key(secret), signed.toByteArray()));
    }

    private static byte[] key(Secret secret) {
        String text = secret.reveal().strip();
        return text.startsWith(PREFIX)
                ? Base64.getDecoder().decode(text.substring(PREFIX.length()))
                : text.getBytes(UTF_8);
    }

    private static String hmac(byte[] key, byte[] signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HmacSHA256", impossible);
        }
    }
}
