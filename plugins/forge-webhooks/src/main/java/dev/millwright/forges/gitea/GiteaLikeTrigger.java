package dev.millwright.forges.gitea;

import dev.millwright.forgekit.hook.AboutRepository;
import dev.millwright.forgekit.hook.GithubLikePullRequest;
import dev.millwright.forgekit.hook.GithubLikePush;
import dev.millwright.forgekit.hook.GithubLikeRefs;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.hook.PushEvent;
import dev.millwright.forgekit.payload.FormBody;
import dev.millwright.forgekit.payload.HmacProof;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forgekit.payload.PayloadException;
import dev.millwright.forges.ForgeHook;
import dev.millwright.forges.ForgeTrigger;
import dev.millwright.model.Payload;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import dev.millwright.plugin.webhook.WebhookRequest;
import java.util.List;
import java.util.Locale;

/// Understands the webhooks of Gitea, and of Forgejo, which parted from it and says the same in
/// headers of its own, too.
abstract class GiteaLikeTrigger extends ForgeTrigger {
    private static final String CONTENT_TYPE = "Content-Type";

    /// Such as `X-Gitea-`; the first that a request has counts.
    abstract List<String> prefixes();

    private List<String> headers(String name) {
        return prefixes().stream().map(prefix -> prefix + name).toList();
    }

    @Override
    protected final List<String> eventHeaders() {
        return headers("Event");
    }

    @Override
    protected final List<String> idHeaders() {
        return headers("Delivery");
    }

    /// Unlike GitHub, Gitea signs the JSON, also where it sends a form.
    @Override
    protected final boolean isProven(WebhookRequest request, ForgeHook hook) {
        String signature =
                headers("Signature").stream()
                        .filter(name ->
                                request.headers().containsKey(name.toLowerCase(Locale.ROOT)))
                        .findFirst()
                        .flatMap(request::header)
                        .orElse("");
        try {
            Payload json = FormBody.json(request.header(CONTENT_TYPE).orElse(""), request.body());
            return HmacProof.holds("", signature, json, hook.secret());
        } catch (PayloadException noForm) {
            return false;
        }
    }

    @Override
    protected final Interpretation read(StoredDelivery delivery, ForgeHook hook) {
        return switch (delivery.event()) {
            case "push", "create", "delete", "pull_request", "release" ->
                    read(
                            delivery,
                            JsonObject.parse(
                                    FormBody.json(
                                            delivery.header(CONTENT_TYPE).orElse(""),
                                            delivery.body())),
                            hook);
            default -> nothingFor(delivery.event());
        };
    }

    private static Interpretation read(
            StoredDelivery delivery, JsonObject payload, ForgeHook hook) {
        JsonObject repository = payload.object("repository");
        String about = repository.text("full_name");
        List<String> addresses =
                List.of(repository.textOrEmpty("clone_url"), repository.textOrEmpty("ssh_url"));
        if (!AboutRepository.isMeant(delivery.pipeline().repository(), hook, about, addresses)) {
            return aboutAnother(about);
        }
        String sender = payload.optional("sender").map(one -> one.textOrEmpty("login")).orElse("");
        HookRules rules = new HookRules(payload, hook, sender);
        return switch (delivery.event()) {
            case "push" -> push(rules, new GithubLikePush(payload));
            case "create" -> GithubLikeRefs.create(rules);
            case "delete" -> GithubLikeRefs.delete(rules);
            case "pull_request" -> rules.pullRequest(new GithubLikePullRequest(payload));
            default -> GithubLikeRefs.release(rules);
        };
    }

    /// The button "Test Delivery" sends a push from a commit to the same commit.
    private static Interpretation push(HookRules rules, PushEvent push) {
        if (!push.created() && push.previousCommit().equals(rules.payload().text("after"))) {
            return HookRules.ignored("somebody tests whether the hook works; it does");
        }
        return rules.push(push);
    }
}
