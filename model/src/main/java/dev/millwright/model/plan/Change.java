package dev.millwright.model.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a trigger told of the change that a run is for, beside the commit itself. Immutable. Texts
/// that are not known are empty.
///
/// ```java
/// plan.head().change().flatMap(Change::pullRequest).ifPresent(pull -> show(pull.number()));
/// ```
///
/// @param sender who caused the event, such as a login name
/// @param link to the commit or pull request on the forge, for people
/// @param delivery the sender's own id of what it sent
/// @param trusted false when it comes from somebody who may not write to the repository, such as
///   the pull request of a fork: its steps get no secrets
/// @param pullRequestOrNull for events about one
public record Change(
        String sender,
        String link,
        String delivery,
        boolean trusted,
        @Nullable PullRequest pullRequestOrNull) {

    /// A pull (or merge) request.
    ///
    /// @param number as people say it
    /// @param sourceBranch short name, in the source repository
    /// @param targetBranch short name
    /// @param sourceRepository where the source is cloned from
    /// @param draft whether its author says that it is not ready
    /// @param fork whether the source is another repository than the target
    public record PullRequest(
            long number,
            String title,
            String sourceBranch,
            String targetBranch,
            String sourceRepository,
            List<String> labels,
            boolean draft,
            boolean fork) {
        public PullRequest {
            labels = List.copyOf(labels);
        }
    }

    public Optional<PullRequest> pullRequest() {
        return Optional.ofNullable(pullRequestOrNull);
    }
}
