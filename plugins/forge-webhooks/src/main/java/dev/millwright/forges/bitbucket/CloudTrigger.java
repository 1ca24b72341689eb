package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.hook.AboutRepository;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forges.ForgeHook;
import dev.millwright.forges.SeveralRefs;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import java.util.List;

/// Understands the webhooks of Bitbucket Cloud: `POST /hooks/bitbucket/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class CloudTrigger extends BitbucketTrigger {
    @Override
    public String kind() {
        return "bitbucket";
    }

    @Override
    protected List<String> idHeaders() {
        return List.of("X-Request-UUID");
    }

    @Override
    protected Interpretation read(StoredDelivery delivery, ForgeHook hook) {
        return switch (delivery.event()) {
            case "repo:push",
                    "pullrequest:created",
                    "pullrequest:updated",
                    "pullrequest:fulfilled",
                    "pullrequest:rejected" ->
                    read(delivery, JsonObject.parse(delivery.body()), hook);
            default -> nothingFor(delivery.event());
        };
    }

    private static Interpretation read(
            StoredDelivery delivery, JsonObject payload, ForgeHook hook) {
        JsonObject repository = payload.object("repository");
        String about = repository.text("full_name");
        String own = delivery.pipeline().repository();
        List<String> addresses = List.of(repository.at("/links/html/href").orElse(""));
        if (!AboutRepository.isMeant(own, hook, about, addresses)) {
            return aboutAnother(about);
        }
        HookRules rules = new HookRules(payload, hook, sender(payload));
        if (delivery.event().equals("repo:push")) {
            return SeveralRefs.together(
                    payload.object("push").objects("changes").stream()
                            .map(change -> rules.move(new CloudChange(change)))
                            .toList());
        }
        CloudPullRequest pull = new CloudPullRequest(payload, delivery.event());
        Interpretation meaning = rules.pullRequest(pull);
        return meaning instanceof Interpretation.Runs && pull.isOutOfReach() && !own.isEmpty()
                ? HookRules.ignored(
                        "the pull request is of a fork, whose commits Bitbucket Cloud does not"
                                + " offer in the repository that it goes to")
                : meaning;
    }

    private static String sender(JsonObject payload) {
        return payload.optional("actor")
                .map(actor ->
                        actor.lacks("nickname")
                                ? actor.textOrEmpty("display_name")
                                : actor.text("nickname"))
                .orElse("");
    }
}
