package dev.millwright.github;

import dev.millwright.forgekit.hook.AboutRepository;
import dev.millwright.forgekit.hook.GithubLikePullRequest;
import dev.millwright.forgekit.hook.GithubLikePush;
import dev.millwright.forgekit.hook.GithubLikeRefs;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.payload.FormBody;
import dev.millwright.forgekit.payload.HmacProof;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forgekit.payload.PayloadException;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.Verification;
import dev.millwright.plugin.webhook.WebhookRequest;
import dev.millwright.plugin.webhook.WebhookTrigger;
import java.util.List;
import java.util.Optional;

/// Understands the webhooks of GitHub and GitHub Enterprise Server: `POST /hooks/github/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class GithubTrigger implements WebhookTrigger<GithubHook> {
    @Override
    public String kind() {
        return "github";
    }

    @Override
    public Class<GithubHook> configuration() {
        return GithubHook.class;
    }

    @Override
    public Verification verify(WebhookRequest request, GithubHook hook) {
        String signature = request.header("X-Hub-Signature-256").orElse("");
        if (!HmacProof.holds("sha256=", signature, request.body(), hook.secret())) {
            return Verification.refused();
        }
        Optional<String> id = request.header("X-GitHub-Delivery").filter(text -> !text.isBlank());
        Optional<String> event = request.header("X-GitHub-Event").filter(text -> !text.isBlank());
        if (id.isEmpty() || event.isEmpty()) {
            return new Verification.Refused(
                    400, "the headers X-GitHub-Delivery and X-GitHub-Event are needed, once each");
        }
        return new Verification.Accepted(id.get(), event.get());
    }

    @Override
    public Interpretation interpret(StoredDelivery delivery, GithubHook hook) {
        String type = delivery.header("Content-Type").orElse("");
        try {
            return switch (delivery.event()) {
                case "ping" -> HookRules.ignored("GitHub asks whether the hook works; it does");
                case "push",
                        "pull_request",
                        "release",
                        "create",
                        "delete",
                        "workflow_dispatch",
                        "repository_dispatch" ->
                        read(
                                delivery,
                                JsonObject.parse(FormBody.json(type, delivery.body())),
                                hook);
                default ->
                        HookRules.ignored(
                                "nothing starts for the event '%s'".formatted(delivery.event()));
            };
        } catch (PayloadException unlikeGithub) {
            return new Interpretation.Rejected(String.valueOf(unlikeGithub.getMessage()));
        }
    }

    private static Interpretation read(
            StoredDelivery delivery, JsonObject payload, GithubHook hook) {
        JsonObject repository = payload.object("repository");
        String about = repository.text("full_name");
        if (!AboutRepository.isMeant(
                delivery.pipeline().repository(),
                hook,
                about,
                List.of(repository.textOrEmpty("clone_url")))) {
            return HookRules.ignored("it is about another repository: " + about);
        }
        String sender = payload.optional("sender").map(one -> one.textOrEmpty("login")).orElse("");
        HookRules rules = new HookRules(payload, hook, sender);
        return switch (delivery.event()) {
            case "push" -> rules.push(new GithubLikePush(payload));
            case "pull_request" -> rules.pullRequest(new GithubLikePullRequest(payload));
            case "release" -> GithubLikeRefs.release(rules);
            case "create" -> GithubLikeRefs.create(rules);
            case "delete" -> GithubLikeRefs.delete(rules);
            case "workflow_dispatch" -> Dispatch.workflow(rules, hook);
            default -> Dispatch.repository(rules, hook);
        };
    }
}
