package dev.millwright.forgekit.hook;

import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.trigger.PullRequest;
import java.util.Optional;

/// The event `pull_request` of GitHub, Gitea and Forgejo. Immutable.
public record GithubLikePullRequest(JsonObject payload) implements PullRequestEvent {
    @Override
    public Change change() {
        return switch (word()) {
            // The last is Gitea's word
            case "opened", "reopened", "synchronize", "synchronized" -> Change.BUILDABLE;
            case "closed" -> Change.CLOSED;
            default -> Change.OTHER;
        };
    }

    @Override
    public String word() {
        return payload.text("action");
    }

    private JsonObject pull() {
        return payload.object("pull_request");
    }

    @Override
    public String title() {
        return pull().textOrEmpty("title");
    }

    @Override
    public String targetBranch() {
        return pull().object("base").text("ref");
    }

    @Override
    public PullRequest described() {
        JsonObject head = pull().object("head");
        // Null when the fork is gone
        Optional<JsonObject> source = head.optional("repo");
        long home = pull().object("base").object("repo").number("id");
        boolean fork = source.isEmpty() || source.get().number("id") != home;
        return new PullRequest(
                pull().number("number"),
                title(),
                head.text("ref"),
                targetBranch(),
                source.map(repository -> repository.textOrEmpty("clone_url")).orElse(""),
                pull().objects("labels").stream().map(label -> label.text("name")).toList(),
                pull().flag("draft"),
                fork);
    }

    /// Unlike the branch, this is in the target repository, and it outlives both.
    @Override
    public String ref() {
        return "refs/pull/%d/head".formatted(pull().number("number"));
    }

    @Override
    public String commit() {
        return pull().object("head").text("sha");
    }

    @Override
    public String targetCommit() {
        return pull().object("base").text("sha");
    }

    @Override
    public String link() {
        return pull().textOrEmpty("html_url");
    }
}
