package dev.millwright.forges.gitlab;

import dev.millwright.forgekit.hook.PullRequestEvent;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.trigger.PullRequest;
import java.util.Optional;

/// GitLab's `Merge Request Hook`. Immutable.
record MergeRequest(JsonObject payload) implements PullRequestEvent {
    private JsonObject attributes() {
        return payload.object("object_attributes");
    }

    private String action() {
        return attributes().textOrEmpty("action");
    }

    /// An update without `oldrev` changed a title, a label or the like, and no commit.
    @Override
    public Change change() {
        return switch (action()) {
            case "open", "reopen" -> Change.BUILDABLE;
            case "update" -> attributes().lacks("oldrev") ? Change.OTHER : Change.BUILDABLE;
            case "merge", "close" -> Change.CLOSED;
            default -> Change.OTHER;
        };
    }

    @Override
    public String word() {
        return switch (action()) {
            case "" -> "not changed";
            case "update" -> "updated without new commits";
            case "approved", "approval" -> "approved";
            case "unapproved", "unapproval" -> "unapproved";
            default -> action();
        };
    }

    @Override
    public String title() {
        return attributes().textOrEmpty("title");
    }

    @Override
    public String targetBranch() {
        return attributes().text("target_branch");
    }

    @Override
    public PullRequest described() {
        JsonObject attributes = attributes();
        // Null when the fork is gone
        boolean fork =
                attributes.lacks("source_project_id")
                        || attributes.number("source_project_id")
                                != attributes.number("target_project_id");
        Optional<JsonObject> source = attributes.optional("source");
        return new PullRequest(
                number(),
                title(),
                attributes.text("source_branch"),
                targetBranch(),
                source.map(project -> project.textOrEmpty("git_http_url")).orElse(""),
                payload.objects("labels").stream().map(label -> label.text("title")).toList(),
                attributes.flag("draft") || attributes.flag("work_in_progress"),
                fork);
    }

    private long number() {
        return attributes().number("iid");
    }

    /// Unlike the branch, this is in the target project, and it outlives both.
    @Override
    public String ref() {
        return "refs/merge-requests/%d/head".formatted(number());
    }

    @Override
    public String commit() {
        return attributes().object("last_commit").text("id");
    }

    /// GitLab does not tell it.
    @Override
    public String targetCommit() {
        return "";
    }

    @Override
    public String link() {
        return attributes().textOrEmpty("url");
    }
}
