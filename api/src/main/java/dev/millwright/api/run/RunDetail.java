package dev.millwright.api.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run with what it was started with.
///
/// @param inputs the bound inputs, as text
/// @param source the commit it is about; missing for runs without one
/// @param change what a trigger told of the change; missing for runs without such a trigger
public record RunDetail(
        RunSummary run,
        Map<String, String> inputs,
        @Nullable SourceView source,
        @Nullable ChangeView change) {
    public RunDetail {
        inputs = Map.copyOf(inputs);
    }

    /// The commit of a run.
    ///
    /// @param url where it is cloned from; empty when nothing is cloned
    /// @param ref such as `refs/heads/main`; empty when only a commit was asked for
    public record SourceView(
            String url,
            String ref,
            String commit,
            String previousCommit,
            String message,
            String author,
            String authorEmail,
            int changedFiles) {}

    /// What a trigger told of the change that a run is for.
    ///
    /// @param sender who caused it, such as a login name
    /// @param link to the commit or pull request on the forge
    /// @param delivery the sender's own id of what it sent
    /// @param trusted false for the pull request of a fork
    /// @param pullRequest for events about one
    public record ChangeView(
            String sender,
            String link,
            String delivery,
            boolean trusted,
            @Nullable PullRequestView pullRequest) {}

    /// A pull (or merge) request.
    ///
    /// @param sourceRepository where the source is cloned from
    /// @param fork whether that is another repository than the target
    public record PullRequestView(
            long number,
            String title,
            String sourceBranch,
            String targetBranch,
            String sourceRepository,
            List<String> labels,
            boolean draft,
            boolean fork) {
        public PullRequestView {
            labels = List.copyOf(labels);
        }
    }
}
