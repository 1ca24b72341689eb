package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.hook.PullRequestEvent;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.trigger.PullRequest;
import java.util.List;

/// The events `pr:...` of Bitbucket Data Center. Immutable.
record DataCenterPullRequest(JsonObject payload, String event) implements PullRequestEvent {
    /// `PROJECT/NAME`.
    static String path(JsonObject repository) {
        return repository.object("project").text("key") + "/" + repository.text("slug");
    }

    private JsonObject pull() {
        return payload.object("pullRequest");
    }

    private JsonObject from() {
        return pull().object("fromRef");
    }

    private JsonObject to() {
        return pull().object("toRef");
    }

    /// The repository that it goes to.
    JsonObject home() {
        return to().object("repository");
    }

    @Override
    public Change change() {
        return switch (event) {
            case "pr:opened", "pr:reopened", "pr:from_ref_updated" -> Change.BUILDABLE;
            case "pr:merged", "pr:declined", "pr:deleted" -> Change.CLOSED;
            default -> Change.OTHER;
        };
    }

    @Override
    public String word() {
        return event.substring(event.indexOf(':') + 1);
    }

    @Override
    public String title() {
        return pull().textOrEmpty("title");
    }

    @Override
    public String targetBranch() {
        return to().text("displayId");
    }

    @Override
    public PullRequest described() {
        // Without a repository of its own nobody knows where the change comes from
        boolean fork =
                from().optional("repository")
                        .filter(source -> source.number("id") == home().number("id"))
                        .isEmpty();
        return new PullRequest(
                number(),
                title(),
                from().text("displayId"),
                targetBranch(),
                from().at("/repository/links/clone/0/href").orElse(""),
                List.of(),
                pull().flag("draft"),
                fork);
    }

    private long number() {
        return pull().number("id");
    }

    /// Unlike the branch, this is in the target repository.
    @Override
    public String ref() {
        return "refs/pull-requests/%d/from".formatted(number());
    }

    @Override
    public String commit() {
        return from().text("latestCommit");
    }

    @Override
    public String targetCommit() {
        return to().text("latestCommit");
    }

    @Override
    public String link() {
        return pull().at("/links/self/0/href").orElse("");
    }
}
