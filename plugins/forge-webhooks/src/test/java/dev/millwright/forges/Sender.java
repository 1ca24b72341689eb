package dev.millwright.forges;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.forgekit.payload.HmacProof;
import dev.millwright.forges.bitbucket.CloudTrigger;
import dev.millwright.forges.bitbucket.DataCenterTrigger;
import dev.millwright.forges.gitea.ForgejoTrigger;
import dev.millwright.forges.gitea.GiteaTrigger;
import dev.millwright.forges.gitlab.GitlabTrigger;
import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sends webhooks as the forges document it: which headers, and which proof in them.
enum Sender {
    GITLAB("gitlab", "Push Hook", "http://example.com/mike/tools/diaspora.git"),
    /// With a signing token instead of a secret token.
    GITLAB_SIGNED("gitlab", "Push Hook", "http://example.com/mike/tools/diaspora.git"),
    GITEA("gitea", "push", "http://localhost:3000/gitea/webhooks.git"),
    FORGEJO("forgejo", "push", "http://localhost:3000/gitea/webhooks.git"),
    BITBUCKET("bitbucket", "repo:push", "https://bitbucket.org/team_name/repo_name.git"),
    DATA_CENTER(
            "bitbucket-data-center",
            "repo:refs_changed",
            "https://bitbucket.example.com/scm/proj/repository.git");

    static final String ID = "13792a34-cac6-4fda-95a8-c58e00a3954e";

    final String kind;
    final String push;
    final String repository;

    Sender(String kind, String push, String repository) {
        this.kind = kind;
        this.push = push;
        this.repository = repository;
    }

    ForgeTrigger trigger() {
        return switch (this) {
            case GITLAB, GITLAB_SIGNED -> new GitlabTrigger();
            case GITEA -> new GiteaTrigger();
            case FORGEJO -> new ForgejoTrigger();
            case BITBUCKET -> new CloudTrigger();
            case DATA_CENTER -> new DataCenterTrigger();
        };
    }

    /// A secret of the kind that the forge wants.
    String secret(String seed) {
        return this == GITLAB_SIGNED
                ? "whsec_" + Base64.getEncoder().encodeToString(seed.getBytes(UTF_8))
                : seed;
    }

    /// Where the example payloads are.
    String folder() {
        return this == FORGEJO ? "gitea" : kind;
    }

    String example() {
        return Deliveries.payload(folder() + "/push");
    }

    /// The headers that name the event and prove the body.
    String eventHeader() {
        return switch (this) {
            case GITLAB, GITLAB_SIGNED -> "X-Gitlab-Event";
            case GITEA -> "X-Gitea-Event";
            case FORGEJO -> "X-Forgejo-Event";
            case BITBUCKET, DATA_CENTER -> "X-Event-Key";
        };
    }

    String proofHeader() {
        return switch (this) {
            case GITLAB -> "X-Gitlab-Token";
            case GITLAB_SIGNED -> "webhook-signature";
            case GITEA -> "X-Gitea-Signature";
            case FORGEJO -> "X-Forgejo-Signature";
            case BITBUCKET, DATA_CENTER -> "X-Hub-Signature";
        };
    }

    Map<String, String> headers(String event, String body, String secret) {
        Map<String, String> headers = new TreeMap<>(Map.of("Content-Type", "application/json"));
        headers.put(eventHeader(), event);
        String hex = hex(secret, body);
        switch (this) {
            case GITLAB -> {
                headers.put("X-Gitlab-Token", secret);
                headers.put("X-Gitlab-Event-UUID", ID);
            }
            case GITLAB_SIGNED -> {
                headers.put("webhook-id", ID);
                headers.put("webhook-timestamp", "" + Instant.now().getEpochSecond());
                headers.put("webhook-signature", standard(headers, secret, body));
            }
            case GITEA, FORGEJO -> {
                String prefix = this == GITEA ? "X-Gitea-" : "X-Forgejo-";
                headers.put(prefix + "Signature", hex);
                headers.put(prefix + "Delivery", ID);
            }
            case BITBUCKET, DATA_CENTER -> {
                headers.put("X-Hub-Signature", "sha256=" + hex);
                headers.put(this == BITBUCKET ? "X-Request-UUID" : "X-Request-Id", ID);
            }
        }
        return headers;
    }

    /// The signature of the specification Standard Webhooks.
    static String standard(Map<String, String> headers, String secret, String body) {
        String signed =
                "%s.%s.%s"
                        .formatted(
                                headers.get("webhook-id"), headers.get("webhook-timestamp"), body);
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        byte[] proof = HmacProof.mac(key, signed.getBytes(UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(proof);
    }

    static String hex(String secret, String body) {
        return HexFormat.of()
                .formatHex(HmacProof.mac(secret.getBytes(UTF_8), body.getBytes(UTF_8)));
    }

    WebhookRequest request(String event, String body, String secret) {
        return request(headers(event, body, secret), body);
    }

    static WebhookRequest request(Map<String, String> headers, String body) {
        Map<String, List<String>> all =
                headers.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, one -> List.of(one.getValue())));
        return new WebhookRequest(Map.of(), new HashMap<>(all), Payload.of(body));
    }
}
