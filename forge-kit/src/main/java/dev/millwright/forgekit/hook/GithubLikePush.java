package dev.millwright.forgekit.hook;

import dev.millwright.forgekit.payload.CommitFiles;
import dev.millwright.forgekit.payload.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The event `push` of GitHub, Gitea and Forgejo: a branch or a tag moved, came or went. Immutable.
public record GithubLikePush(JsonObject payload) implements PushEvent {
    /// GitHub's lists of commits stop at 2,048, those of older servers at 20; then the rest is not
    /// told. The others say how many there are.
    private static final Set<Integer> CUT_OFF = Set.of(20, 2048);

    @Override
    public String ref() {
        return payload.text("ref");
    }

    @Override
    public boolean created() {
        return payload.flag("created") || Refs.isNone(payload.textOrEmpty("before"));
    }

    @Override
    public boolean deleted() {
        return payload.flag("deleted") || Refs.isNone(payload.textOrEmpty("after"));
    }

    @Override
    public String commit() {
        // For a tag with a message, 'after' is the tag itself and only the head is the commit
        String after = payload.text("after");
        return payload.optional("head_commit").map(commit -> commit.text("id")).orElse(after);
    }

    @Override
    public String previousCommit() {
        String before = payload.textOrEmpty("before");
        return Refs.isNone(before) ? "" : before;
    }

    @Override
    public Optional<HeadCommit> head() {
        return payload.optional("head_commit").map(GithubLikePush::describe);
    }

    /// Of a commit with `message`, `url` and `author`.
    public static HeadCommit describe(JsonObject commit) {
        Optional<JsonObject> author = commit.optional("author");
        return new HeadCommit(
                commit.textOrEmpty("message"),
                commit.textOrEmpty("url"),
                author.map(one -> one.textOrEmpty("name")).orElse(""),
                author.map(one -> one.textOrEmpty("email")).orElse(""));
    }

    /// Empty when not all of them are told: for a new branch, after a forced push (which only
    /// GitHub tells of), and when the list of commits is cut off.
    @Override
    public Optional<List<String>> changedFiles() {
        List<JsonObject> commits = payload.objects("commits");
        boolean cutOff =
                payload.lacks("total_commits")
                        ? CUT_OFF.contains(commits.size())
                        : payload.number("total_commits") != commits.size();
        boolean partial = created() || payload.flag("forced") || cutOff;
        return CommitFiles.of(commits).filter(_ -> !partial);
    }
}
