package dev.millwright.plugin.scm;

import dev.millwright.model.RunId;
import dev.millwright.plugin.Stability;

/// How the run of a commit stands. Immutable.
///
/// ```java
/// json.put("state", status.state() == State.SUCCESS ? "success" : "failure");
/// ```
///
/// @param repository where it is cloned from, as the pipeline says
/// @param commit full hash
/// @param context tells the statuses of one commit apart: `millwright/web`, for a pull request
///   `millwright/web/pr`
/// @param description one short sentence, at most 140 characters
/// @param url of the run, for people
/// @param tries how often it was tried before and failed
@Stability(Stability.Level.EVOLVING)
public record CommitStatus(
        RunId run,
        String repository,
        String commit,
        State state,
        String context,
        String description,
        String url,
        int tries) {

    /// In the words that forges have in common.
    public enum State {
        /// Queued, blocked, or waiting for an approval.
        PENDING,
        RUNNING,
        SUCCESS,
        /// The user's command said no.
        FAILURE,
        /// Millwright or the machine could not tell or could not do it.
        ERROR,
        CANCELLED
    }
}
