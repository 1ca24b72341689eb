package dev.millwright.forgekit.hook;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.List;

/// When branches and tags that come and go, and releases, start runs. Pure.
final class RefChanges {
    private RefChanges() {}

    static Interpretation created(HookRules rules, String ref, String commit) {
        if (!rules.wants(HookEvent.CREATE)) {
            return rules.unwanted(HookEvent.CREATE);
        }
        if (!isWanted(rules, ref)) {
            return filtered(ref, rules.hook().globs(ref));
        }
        return Interpretation.run(
                RunRequest.of(Refs.isTag(ref) ? "tag" : "push")
                        .ref(ref)
                        .commit(commit)
                        .sender(rules.sender())
                        .inputs(rules.inputs())
                        .build());
    }

    /// What was deleted cannot be built, so this is a run of the pipeline's own branch.
    static Interpretation deleted(HookRules rules, String ref) {
        if (!rules.wants(HookEvent.DELETE)) {
            return rules.unwanted(HookEvent.DELETE);
        }
        if (!isWanted(rules, ref)) {
            return filtered(ref, rules.hook().globs(ref));
        }
        return Interpretation.run(
                RunRequest.of("webhook").sender(rules.sender()).inputs(rules.inputs()).build());
    }

    static Interpretation released(HookRules rules, String tag, String link) {
        if (!rules.wants(HookEvent.RELEASE)) {
            return rules.unwanted(HookEvent.RELEASE);
        }
        String ref = Refs.tag(tag);
        if (!isWanted(rules, ref)) {
            return filtered(ref, rules.hook().tag());
        }
        return Interpretation.run(
                RunRequest.of("release")
                        .ref(ref)
                        .sender(rules.sender())
                        .link(link)
                        .inputs(rules.inputs())
                        .build());
    }

    private static boolean isWanted(HookRules rules, String ref) {
        return HookFilters.admits(rules.hook().globs(ref), Refs.brief(ref));
    }

    static Interpretation filtered(String ref, List<String> globs) {
        return HookRules.ignored(
                "the %s is '%s', not %s"
                        .formatted(Refs.kind(ref), Refs.brief(ref), String.join(" or ", globs)));
    }
}
