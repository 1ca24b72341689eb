package dev.millwright.server.trigger;

import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells whether a caller of a hook has proven who it is, in constant time. Pure.
final class HookProof {
    private static final String BEARER = "Bearer ";
    private static final Pattern LOWER_HEX = Pattern.compile("[0-9a-f]{64}");

    private HookProof() {}

    static boolean holds(GenericHook.Settings hook, WebhookRequest request) {
        return hook.hmac().map(hmac -> holds(hmac, request)).orElse(true)
                && hook.bearer().map(bearer -> holds(bearer, request)).orElse(true);
    }

    private static boolean holds(GenericHook.Bearer bearer, WebhookRequest request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith(BEARER))
                .filter(value -> bearer.secret().matches(value.substring(BEARER.length())))
                .isPresent();
    }

    private static boolean holds(GenericHook.Hmac hmac, WebhookRequest request) {
        String secret = hmac.secret().reveal();
        return request.header(hmac.header())
                .filter(value -> value.startsWith(hmac.prefix()))
                .map(value -> value.substring(hmac.prefix().length()))
                .flatMap(HookProof::decode)
                .filter(shown -> MessageDigest.isEqual(shown, mac(secret, request.body())))
                .isPresent();
    }

    /// 32 bytes as hexadecimal digits, which are in lower case: one proof, one way to write it; or
    /// as base64.
    private static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes =
                    LOWER_HEX.matcher(text).matches()
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text);
            return Optional.of(bytes);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static byte[] mac(String secret, Payload body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body.bytes());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java", impossible);
        }
    }
}
