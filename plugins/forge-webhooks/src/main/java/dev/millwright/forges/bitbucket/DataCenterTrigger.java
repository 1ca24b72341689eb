package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.RepositoryAddress;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forges.ForgeHook;
import dev.millwright.forges.SeveralRefs;
import dev.millwright.plugin.webhook.Interpretation;
import dev.millwright.plugin.webhook.StoredDelivery;
import java.util.List;

/// Understands the webhooks of Bitbucket Data Center: `POST /hooks/bitbucket-data-center/...`.
///
/// Usable from any thread; keeps nothing between calls.
public final class DataCenterTrigger extends BitbucketTrigger {
    @Override
    public String kind() {
        return "bitbucket-data-center";
    }

    @Override
    protected List<String> idHeaders() {
        return List.of("X-Request-Id");
    }

    @Override
    protected Interpretation read(StoredDelivery delivery, ForgeHook hook) {
        return switch (delivery.event()) {
            case "diagnostics:ping" ->
                    HookRules.ignored("Bitbucket asks whether the hook works; it does");
            case "repo:refs_changed" -> {
                JsonObject payload = JsonObject.parse(delivery.body());
                yield push(delivery, payload.object("repository"), rules(payload, hook));
            }
            case "pr:opened",
                    "pr:reopened",
                    "pr:from_ref_updated",
                    "pr:merged",
                    "pr:declined",
                    "pr:deleted" ->
                    pull(delivery, rules(JsonObject.parse(delivery.body()), hook));
            default -> nothingFor(delivery.event());
        };
    }

    private static HookRules rules(JsonObject payload, ForgeHook hook) {
        String sender =
                payload.optional("actor").map(actor -> actor.textOrEmpty("name")).orElse("");
        return new HookRules(payload, hook, sender);
    }

    private static Interpretation push(
            StoredDelivery delivery, JsonObject repository, HookRules rules) {
        if (!isAbout(delivery, repository, rules)) {
            return aboutAnother(DataCenterPullRequest.path(repository));
        }
        return SeveralRefs.together(
                rules.payload().objects("changes").stream()
                        .map(change -> rules.move(new DataCenterChange(change, rules.payload())))
                        .toList());
    }

    private static Interpretation pull(StoredDelivery delivery, HookRules rules) {
        DataCenterPullRequest pull = new DataCenterPullRequest(rules.payload(), delivery.event());
        JsonObject home = pull.home();
        return isAbout(delivery, home, rules)
                ? rules.pullRequest(pull)
                : aboutAnother(DataCenterPullRequest.path(home));
    }

    /// Payloads do not tell where a repository is cloned from, so its name has to fit, below
    /// whatever folders the server has (`/scm/`). A pipeline that clones from a mirror has to say
    /// which repository is meant.
    private static boolean isAbout(
            StoredDelivery delivery, JsonObject repository, HookRules rules) {
        String told = DataCenterPullRequest.path(repository);
        if (rules.hook().repository().isPresent()) {
            return rules.hook().repository().get().equalsIgnoreCase(told);
        }
        return RepositoryAddress.parse(delivery.pipeline().repository())
                .map(RepositoryAddress::names)
                .map(names -> String.join("/", names.subList(names.size() - 2, names.size())))
                .map(told::equalsIgnoreCase)
                .orElse(true);
    }
}
