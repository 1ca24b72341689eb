package dev.millwright.forges.gitlab;

import dev.millwright.forgekit.hook.GithubLikePush;
import dev.millwright.forgekit.hook.PushEvent;
import dev.millwright.forgekit.hook.Refs;
import dev.millwright.forgekit.payload.CommitFiles;
import dev.millwright.forgekit.payload.JsonObject;
import java.util.List;
import java.util.Optional;

/// GitLab's `Push Hook` and `Tag Push Hook`: a branch or a tag moved, came or went. Immutable.
record GitlabPush(JsonObject payload) implements PushEvent {
    @Override
    public String ref() {
        return payload.text("ref");
    }

    @Override
    public boolean created() {
        return Refs.isNone(payload.text("before"));
    }

    @Override
    public boolean deleted() {
        return Refs.isNone(payload.text("after"));
    }

    /// For a tag with a message, `after` is the tag itself and only `checkout_sha` is the commit.
    @Override
    public String commit() {
        String checkout = payload.textOrEmpty("checkout_sha");
        return checkout.isEmpty() ? payload.text("after") : checkout;
    }

    @Override
    public String previousCommit() {
        return created() ? "" : payload.text("before");
    }

    @Override
    public Optional<HeadCommit> head() {
        return payload.objects("commits").stream()
                .filter(commit -> commit.text("id").equals(commit()))
                .findFirst()
                .map(GithubLikePush::describe);
    }

    /// Empty for a new branch, and when more commits were pushed than the 20 that are listed. That
    /// a push was forced is not told; then these are the files of its new commits.
    @Override
    public Optional<List<String>> changedFiles() {
        List<JsonObject> commits = payload.objects("commits");
        boolean all =
                !payload.lacks("total_commits_count")
                        && payload.number("total_commits_count") == commits.size();
        return CommitFiles.of(commits).filter(_ -> all && !created());
    }

    /// `git push -o ci.skip`.
    @Override
    public boolean skipped() {
        return payload.at("/push_options/ci/skip").isPresent();
    }
}
