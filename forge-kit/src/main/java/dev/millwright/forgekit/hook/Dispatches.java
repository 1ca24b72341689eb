package dev.millwright.forgekit.hook;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// When somebody who asks for a run gets one. Pure.
final class Dispatches {
    private Dispatches() {}

    static Interpretation read(HookRules rules, String ref, Map<String, String> given) {
        if (!rules.wants(HookEvent.MANUAL)) {
            return rules.unwanted(HookEvent.MANUAL);
        }
        List<String> globs = rules.hook().globs(ref);
        if (!HookFilters.admits(globs, Refs.brief(ref))) {
            return HookRules.ignored(
                    "it is dispatched for '%s', not %s"
                            .formatted(Refs.brief(ref), String.join(" or ", globs)));
        }
        Map<String, String> inputs = new HashMap<>(given);
        inputs.putAll(rules.inputs());
        return Interpretation.run(
                RunRequest.of("manual").ref(ref).sender(rules.sender()).inputs(inputs).build());
    }
}
