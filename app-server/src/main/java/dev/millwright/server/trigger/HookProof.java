package dev.millwright.server.trigger;

import dev.millwright.server.delivery.Payload;
import dev.millwright.server.resource.PipelineSpec.Proof;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells whether a caller of a hook has proven who it is, in constant time. Pure.
final class HookProof {
    private static final String BEARER = "Bearer ";

    private HookProof() {}

    static boolean holds(Proof proof, String secret, HookRequest request) {
        return switch (proof) {
            case Proof.Bearer _ ->
                    request.header("Authorization")
                            .filter(value -> value.startsWith(BEARER))
                            .filter(value -> same(value.substring(BEARER.length()), secret))
                            .isPresent();
            case Proof.Hmac(String _, String header, String prefix) ->
                    request.header(header)
                            .filter(value -> value.startsWith(prefix))
                            .map(value -> value.substring(prefix.length()))
                            .flatMap(HookProof::decode)
                            .filter(mac -> MessageDigest.isEqual(mac, mac(secret, request.body())))
                            .isPresent();
        };
    }

    private static boolean same(String shown, String secret) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
    }

    /// 32 bytes as hexadecimal digits or as base64.
    private static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes =
                    text.length() == 64
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
