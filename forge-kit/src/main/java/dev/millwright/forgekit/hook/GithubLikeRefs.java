package dev.millwright.forgekit.hook;

import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.forgekit.payload.PayloadException;
import dev.millwright.plugin.webhook.Interpretation;

/// The events `create`, `delete` and `release` of GitHub, Gitea and Forgejo. Pure.
public final class GithubLikeRefs {
    private GithubLikeRefs() {}

    public static Interpretation create(HookRules rules) {
        return rules.created(ref(rules.payload()), rules.payload().textOrEmpty("sha"));
    }

    public static Interpretation delete(HookRules rules) {
        return rules.deleted(ref(rules.payload()));
    }

    /// Mostly a short name; some versions of Gitea tell the whole.
    private static String ref(JsonObject payload) {
        String name = payload.text("ref");
        if (Refs.isTag(name) || Refs.isBranch(name)) {
            return name;
        }
        return switch (payload.text("ref_type")) {
            case "tag" -> Refs.tag(name);
            case "branch" -> Refs.branch(name);
            default -> throw new PayloadException("'ref_type' is neither 'branch' nor 'tag'");
        };
    }

    public static Interpretation release(HookRules rules) {
        String action = rules.payload().text("action");
        if (!action.equals("published")) {
            return HookRules.ignored(
                    "a release that was %s starts nothing; published does".formatted(action));
        }
        JsonObject release = rules.payload().object("release");
        return rules.released(release.text("tag_name"), release.textOrEmpty("html_url"));
    }
}
