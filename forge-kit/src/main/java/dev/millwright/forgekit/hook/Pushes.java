package dev.millwright.forgekit.hook;

import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequestBuilder;
import dev.millwright.plugin.webhook.Interpretation;
import java.util.List;
import java.util.Optional;

/// When pushes of branches and tags start runs. Pure.
final class Pushes {
    private Pushes() {}

    static Interpretation read(HookRules rules, PushEvent push) {
        String ref = push.ref();
        String name = Refs.brief(ref);
        HookEvent event = Refs.isTag(ref) ? HookEvent.TAG : HookEvent.PUSH;
        if (!Refs.isTag(ref) && !Refs.isBranch(ref)) {
            return HookRules.ignored("'%s' is neither a branch nor a tag".formatted(ref));
        }
        if (!rules.wants(event)) {
            return rules.unwanted(event);
        }
        if (push.deleted()) {
            return HookRules.ignored("the %s '%s' was deleted".formatted(Refs.kind(ref), name));
        }
        List<String> globs = rules.hook().globs(ref);
        if (!HookFilters.admits(globs, name)) {
            return RefChanges.filtered(ref, globs);
        }
        Optional<PushEvent.HeadCommit> head = push.head();
        if (HookRules.asksToSkip(head.map(PushEvent.HeadCommit::message).orElse(""))) {
            return HookRules.ignored("the commit's message asks to skip");
        }
        if (push.skipped()) {
            return HookRules.ignored("whoever pushed asked to skip");
        }
        Optional<List<String>> changed = Refs.isTag(ref) ? Optional.empty() : push.changedFiles();
        if (changed.isPresent() && !rules.hook().path().admit(changed.get())) {
            return HookRules.ignored("no changed file matches the hook's filter of paths");
        }
        RunRequestBuilder request =
                RunRequest.of(event.word())
                        .ref(ref)
                        .commit(push.commit())
                        .sender(rules.sender())
                        .inputs(rules.inputs());
        if (!Refs.isTag(ref)) {
            var _ = request.previousCommit(push.previousCommit());
        }
        head.ifPresent(commit -> describe(request, commit));
        changed.ifPresent(request::changedFiles);
        return Interpretation.run(request.build());
    }

    private static void describe(RunRequestBuilder request, PushEvent.HeadCommit commit) {
        var _ =
                request.message(commit.message())
                        .link(commit.link())
                        .author(commit.author(), commit.authorEmail());
    }
}
