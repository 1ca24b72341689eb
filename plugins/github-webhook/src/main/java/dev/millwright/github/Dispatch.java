package dev.millwright.github;

import dev.millwright.forgekit.hook.HookEvent;
import dev.millwright.forgekit.hook.HookFilters;
import dev.millwright.forgekit.hook.HookRules;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.Map;

/// GitHub's events `workflow_dispatch` and `repository_dispatch`: somebody asked for a run. Pure.
final class Dispatch {
    private Dispatch() {}

    static Interpretation workflow(HookRules rules, GithubHook hook) {
        JsonObject payload = rules.payload();
        return read(rules, hook, payload.textOrEmpty("workflow"), payload.text("ref"), "inputs");
    }

    static Interpretation repository(HookRules rules, GithubHook hook) {
        JsonObject payload = rules.payload();
        return read(
                rules,
                hook,
                payload.text("action"),
                Refs.branch(payload.text("branch")),
                "client_payload");
    }

    private static Interpretation read(
            HookRules rules, GithubHook hook, String what, String ref, String values) {
        if (rules.wants(HookEvent.MANUAL) && !HookFilters.admits(hook.dispatch(), what)) {
            return HookRules.ignored(
                    "what is dispatched is '%s', not %s"
                            .formatted(what, String.join(" or ", hook.dispatch())));
        }
        return rules.manual(
                ref, rules.payload().optional(values).map(JsonObject::values).orElse(Map.of()));
    }
}
