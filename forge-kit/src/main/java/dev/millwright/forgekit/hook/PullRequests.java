package dev.millwright.forgekit.hook;

import dev.millwright.plugin.trigger.PullRequest;
import dev.millwright.plugin.trigger.RunRequest;
import dev.millwright.plugin.trigger.RunRequest.Trust;
import dev.millwright.plugin.webhook.Interpretation;

/// When pull requests start runs, and which of them are not trusted. Pure.
final class PullRequests {
    private PullRequests() {}

    static Interpretation read(HookRules rules, PullRequestEvent pull) {
        PullRequestEvent.Change change = pull.change();
        if (change == PullRequestEvent.Change.OTHER) {
            return HookRules.ignored(
                    "a pull request that was %s starts nothing".formatted(pull.word()));
        }
        HookEvent event =
                change == PullRequestEvent.Change.CLOSED
                        ? HookEvent.PULL_REQUEST_CLOSED
                        : HookEvent.PULL_REQUEST;
        if (!rules.wants(event)) {
            return rules.unwanted(event);
        }
        String target = pull.targetBranch();
        if (!HookFilters.admits(rules.hook().branch(), target)) {
            return HookRules.ignored(
                    "the pull request goes to '%s', not %s"
                            .formatted(target, String.join(" or ", rules.hook().branch())));
        }
        if (HookRules.asksToSkip(pull.title())) {
            return HookRules.ignored("the pull request's title asks to skip");
        }
        PullRequest described = pull.described();
        return Interpretation.run(
                RunRequest.of(event.word())
                        .ref(pull.ref())
                        .commit(pull.commit())
                        .previousCommit(pull.targetCommit())
                        .sender(rules.sender())
                        .link(pull.link())
                        .pullRequest(described)
                        .trust(described.fork() ? Trust.NONE : Trust.FULL)
                        .inputs(rules.inputs())
                        .oncePerCommit(pull.oncePerCommit())
                        .build());
    }
}
