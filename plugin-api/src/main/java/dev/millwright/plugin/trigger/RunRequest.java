package dev.millwright.plugin.trigger;

import dev.millwright.plugin.Stability;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A run that a trigger asks for. Immutable. Texts that are not known are empty.
///
/// What the trigger leaves out, the server reads from the repository: the commit at the tip of the
/// ref, its message, its author, and the files changed since [#previousCommit()].
///
/// ```java
/// RunRequest.of("push")
///         .ref("refs/heads/main").commit(head.id()).previousCommit(before)
///         .author(head.author().name(), head.author().email())
///         .changedFiles(files)
///         .build();
/// ```
///
/// @param event `push`, `pull_request`, `pull_request_closed`, `tag`, `release`, `deployment`,
///   `cron`, `manual`, `api`, `webhook`: what `when: event:` sees
/// @param ref full ref such as `refs/heads/main`
/// @param commit full hash
/// @param previousCommit what the ref held before; for a pull request the tip of its target
/// @param message of the commit
/// @param author name of whoever wrote the commit
/// @param sender who caused the event, such as a login name
/// @param link to the commit or pull request on the forge, for people
/// @param changedFilesOrNull paths from the root; null when the trigger does not know all of them
/// @param inputs values of the pipeline's inputs
/// @param pullRequestOrNull for events about one
/// @param trust what the run may see and do
/// @param oncePerCommit whether this is left out when the pipeline already has a run of the same
///   event, ref and commit, whichever trigger asked for it. Runs by hand never count
@Stability(Stability.Level.EVOLVING)
public record RunRequest(
        String event,
        String ref,
        String commit,
        String previousCommit,
        String message,
        String author,
        String authorEmail,
        String sender,
        String link,
        @Nullable List<String> changedFilesOrNull,
        Map<String, String> inputs,
        @Nullable PullRequest pullRequestOrNull,
        Trust trust,
        boolean oncePerCommit) {
    public RunRequest {
        if (event.isEmpty()) {
            throw new IllegalArgumentException("a run request names its event");
        }
        changedFilesOrNull = changedFilesOrNull == null ? null : List.copyOf(changedFilesOrNull);
        inputs = Map.copyOf(inputs);
    }

    /// What a run may see and do.
    public enum Trust {
        /// Whatever the pipeline may.
        FULL,
        /// The change comes from somebody who may not write to the repository (the pull request of
        /// a fork): the pipeline file is read from [#previousCommit()], no step gets a secret, and
        /// a person has to approve before anything runs.
        NONE
    }

    public Optional<List<String>> changedFiles() {
        return Optional.ofNullable(changedFilesOrNull);
    }

    public Optional<PullRequest> pullRequest() {
        return Optional.ofNullable(pullRequestOrNull);
    }

    /// Begin a request; without further calls it asks for the tip of the pipeline's branch.
    public static RunRequestBuilder of(String event) {
        return new RunRequestBuilder(event);
    }
}
