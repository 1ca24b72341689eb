package dev.millwright.github;

import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.testkit.WebhookContract;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The built plugin, loaded as a server loads it, holds what every webhook trigger has to hold.
final class GithubHookContractIT extends WebhookContract {
    private static final String BODY =
            Deliveries.payload("'ref': 'refs/heads/main', 'after': '%s'".formatted("a".repeat(40)))
                    .replace('\'', '"');

    @Override
    protected String kind() {
        return "github";
    }

    @Override
    protected Map<String, Object> configuration() {
        return Map.of("secret", "${env:HOOK}", "branch", List.of("main"));
    }

    @Override
    protected WebhookRequest genuine() {
        return signed("secret-HOOK");
    }

    @Override
    protected WebhookRequest forged() {
        return signed("guessed");
    }

    private static WebhookRequest signed(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] proof = mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8));
            return new WebhookRequest(
                    Map.of(),
                    Map.of(
                            "X-GitHub-Event", List.of("push"),
                            "X-GitHub-Delivery", List.of("72d3162e-cc78-11e3-81ab-4c9367dc0958"),
                            "X-Hub-Signature-256",
                                    List.of("sha256=" + HexFormat.of().formatHex(proof))),
                    Payload.of(BODY));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
