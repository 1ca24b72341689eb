package dev.millwright.forgekit.hook;

import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A payload and the hook that it came to, and by which rules that starts runs: the same for all
/// forges. Immutable.
///
/// ```java
/// HookRules rules = new HookRules(payload, hook, payload.object("sender").text("login"));
/// return rules.push(new GithubPush(payload));
/// ```
///
/// @param sender who caused the event, such as a login name; empty when nobody is told
public record HookRules(JsonObject payload, HookFilters hook, String sender) {
    private static final Pattern SKIP =
            Pattern.compile("\\[(skip ci|ci skip|no ci)]", Pattern.CASE_INSENSITIVE);

    /// A branch or a tag moved or is new. What was deleted cannot be built and is ignored.
    public Interpretation push(PushEvent push) {
        return Pushes.read(this, push);
    }

    /// The same from a forge that has no events of their own for what comes and goes: a hook may
    /// listen to `create` and `delete` without listening to all pushes.
    public Interpretation move(PushEvent push) {
        boolean asPush = wants(Refs.isTag(push.ref()) ? HookEvent.TAG : HookEvent.PUSH);
        if (push.deleted() && wants(HookEvent.DELETE)) {
            return deleted(push.ref());
        }
        if (push.created() && !asPush && wants(HookEvent.CREATE)) {
            return created(push.ref(), push.commit());
        }
        return push(push);
    }

    public Interpretation pullRequest(PullRequestEvent pull) {
        return PullRequests.read(this, pull);
    }

    /// A branch or a tag is new.
    ///
    /// @param commit where it is, empty when the forge does not tell
    public Interpretation created(String ref, String commit) {
        return RefChanges.created(this, ref, commit);
    }

    public Interpretation deleted(String ref) {
        return RefChanges.deleted(this, ref);
    }

    /// A release was published.
    ///
    /// @param link to it, for people
    public Interpretation released(String tag, String link) {
        return RefChanges.released(this, tag, link);
    }

    /// Somebody asked for a run of a ref.
    ///
    /// @param given inputs of the run; those of the hook count more
    public Interpretation manual(String ref, Map<String, String> given) {
        return Dispatches.read(this, ref, given);
    }

    public boolean wants(HookEvent event) {
        return hook.event().contains(event);
    }

    public static Interpretation ignored(String reason) {
        return new Interpretation.Ignored(reason);
    }

    public Interpretation unwanted(HookEvent event) {
        return ignored(
                "this hook does not listen to '%s' but to %s"
                        .formatted(
                                event.word(),
                                String.join(
                                        ", ",
                                        hook.event().stream()
                                                .map(HookEvent::word)
                                                .sorted()
                                                .toList())));
    }

    static boolean asksToSkip(String text) {
        return SKIP.matcher(text).find();
    }

    /// What the hook takes out of the payload.
    Map<String, String> inputs() {
        Map<String, String> values = new HashMap<>();
        hook.inputs()
                .forEach((name, pointer) ->
                        payload.at(pointer).ifPresent(value -> values.put(name, value)));
        return values;
    }
}
