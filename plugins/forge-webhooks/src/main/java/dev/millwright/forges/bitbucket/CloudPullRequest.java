package dev.millwright.forges.bitbucket;

import dev.millwright.forgekit.hook.PullRequestEvent;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.JsonObject;
import dev.millwright.plugin.trigger.PullRequest;
import java.util.List;
import java.util.Optional;

/// The events `pullrequest:...` of Bitbucket Cloud. Immutable.
///
/// Bitbucket Cloud tells abbreviated commits only, and has no refs for pull requests. So the run of
/// an open one is of its source branch, and the run of a closed one, whose source branch may be
/// gone, is of its target branch.
record CloudPullRequest(JsonObject payload, String event) implements PullRequestEvent {
    private JsonObject pull() {
        return payload.object("pullrequest");
    }

    @Override
    public Change change() {
        return switch (event) {
            case "pullrequest:created", "pullrequest:updated" -> Change.BUILDABLE;
            case "pullrequest:fulfilled", "pullrequest:rejected" -> Change.CLOSED;
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

    private JsonObject source() {
        return pull().object("source");
    }

    private String sourceBranch() {
        return source().object("branch").text("name");
    }

    @Override
    public String targetBranch() {
        return pull().object("destination").object("branch").text("name");
    }

    private boolean isFork() {
        JsonObject home = pull().object("destination").object("repository");
        // Null when the fork is gone
        return source().optional("repository")
                .filter(from -> from.text("full_name").equalsIgnoreCase(home.text("full_name")))
                .isEmpty();
    }

    /// Whether the repository that it goes to does not have its commits.
    boolean isOutOfReach() {
        return isFork() && change() == Change.BUILDABLE;
    }

    @Override
    public PullRequest described() {
        Optional<JsonObject> from = source().optional("repository");
        return new PullRequest(
                pull().number("id"),
                title(),
                sourceBranch(),
                targetBranch(),
                from.flatMap(repository -> repository.at("/links/html/href")).orElse(""),
                List.of(),
                pull().flag("draft"),
                isFork());
    }

    @Override
    public String ref() {
        if (isOutOfReach()) {
            return "";
        }
        return Refs.branch(change() == Change.CLOSED ? targetBranch() : sourceBranch());
    }

    @Override
    public String commit() {
        return "";
    }

    @Override
    public String targetCommit() {
        return "";
    }

    @Override
    public String link() {
        return pull().at("/links/html/href").orElse("");
    }

    /// `updated` may also be a new title.
    @Override
    public boolean oncePerCommit() {
        return change() == Change.BUILDABLE;
    }
}
