package dev.millwright.forges.gitlab;

import dev.millwright.forgekit.hook.AboutRepository;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forges.ForgeHook;
import dev.millwright.forges.ForgeTrigger;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.time.InstantSource;
import java.util.List;

/// Understands the webhooks of GitLab: `POST /hooks/gitlab/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class GitlabTrigger extends ForgeTrigger {
    private final InstantSource clock;

    public GitlabTrigger() {
        this(InstantSource.system());
    }

    GitlabTrigger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "gitlab";
    }

    @Override
    protected boolean isProven(WebhookRequest request, ForgeHook hook) {
        return GitlabProof.holds(request, hook.secret(), clock);
    }

    @Override
    protected List<String> eventHeaders() {
        return List.of("X-Gitlab-Event");
    }

    /// The first two stay the same when GitLab or a person sends a delivery again; servers before
    /// 17.4 have only the last.
    @Override
    protected List<String> idHeaders() {
        return List.of("webhook-id", "Idempotency-Key", "X-Gitlab-Event-UUID");
    }

    @Override
    protected Interpretation read(StoredDelivery delivery, ForgeHook hook) {
        return switch (delivery.event()) {
            case "Push Hook", "Tag Push Hook", "Merge Request Hook", "Release Hook" ->
                    read(delivery, JsonObject.parse(delivery.body()), hook);
            default -> nothingFor(delivery.event());
        };
    }

    private static Interpretation read(
            StoredDelivery delivery, JsonObject payload, ForgeHook hook) {
        JsonObject project = payload.object("project");
        String about = project.text("path_with_namespace");
        List<String> addresses =
                List.of(project.textOrEmpty("git_http_url"), project.textOrEmpty("git_ssh_url"));
        if (!AboutRepository.isMeant(delivery.pipeline().repository(), hook, about, addresses)) {
            return aboutAnother(about);
        }
        HookRules rules = new HookRules(payload, hook, sender(payload));
        return switch (delivery.event()) {
            case "Merge Request Hook" -> rules.pullRequest(new MergeRequest(payload));
            case "Release Hook" -> release(rules);
            default -> rules.move(new GitlabPush(payload));
        };
    }

    /// Pushes tell it beside everything else; a release does not tell it.
    private static String sender(JsonObject payload) {
        return payload.optional("user")
                .map(user -> user.textOrEmpty("username"))
                .orElseGet(() -> payload.textOrEmpty("user_username"));
    }

    private static Interpretation release(HookRules rules) {
        String action = rules.payload().text("action");
        if (!action.equals("create")) {
            return HookRules.ignored(
                    "a release with the action '%s' starts nothing; create does".formatted(action));
        }
        return rules.released(rules.payload().text("tag"), rules.payload().textOrEmpty("url"));
    }
}
