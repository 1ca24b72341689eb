package dev.millwright.forges.gitlab;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.forgekit.payload.HmacProof;
import dev.millwright.plugin.Secret;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// GitLab's two proofs. A secret token stands in a header as it is; with a signing token (which
/// begins with `whsec_`, as in the specification Standard Webhooks) the request is signed. Pure.
final class GitlabProof {
    private static final String SIGNING = "whsec_";
    private static final String VERSION = "v1,";

    /// What was signed longer ago may be a repetition by somebody who listened.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private GitlabProof() {}

    static boolean holds(WebhookRequest request, Secret secret, InstantSource clock) {
        return secret.reveal().startsWith(SIGNING)
                ? isSigned(request, secret, clock)
                : request.header("X-Gitlab-Token").filter(secret::matches).isPresent();
    }

    private static boolean isSigned(WebhookRequest request, Secret secret, InstantSource clock) {
        String id = request.header("webhook-id").orElse("");
        String time = request.header("webhook-timestamp").orElse("");
        if (id.isEmpty() || !time.matches("\\d{1,12}") || !isFresh(time, clock)) {
            return false;
        }
        try {
            Base64.Decoder base64 = Base64.getDecoder();
            byte[] key = base64.decode(secret.reveal().substring(SIGNING.length()));
            byte[] head = "%s.%s.".formatted(id, time).getBytes(UTF_8);
            byte[] right = HmacProof.mac(key, head, request.body().bytes());
            // Several, separated by blanks, while a token is replaced by another
            boolean found = false;
            for (String signature : request.header("webhook-signature").orElse("").split(" ", -1)) {
                found |=
                        signature.startsWith(VERSION)
                                && MessageDigest.isEqual(
                                        base64.decode(signature.substring(VERSION.length())),
                                        right);
            }
            return found;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean isFresh(String seconds, InstantSource clock) {
        Instant signed = Instant.ofEpochSecond(Long.parseLong(seconds));
        return Duration.between(signed, clock.instant()).abs().compareTo(PATIENCE) <= 0;
    }
}
