package dev.millwright.forgekit.hook;

import dev.millwright.plugin.trigger.PullRequest;

/// What a forge tells of a pull (or merge) request. Read only as far as a rule asks; each method
/// throws [PayloadException] where the payload is not what the forge documents.
public interface PullRequestEvent {
    /// What happened, as far as rules care.
    enum Change {
        /// It was opened or reopened, or its source got commits.
        BUILDABLE,
        /// It was merged or given up.
        CLOSED,
        OTHER
    }

    Change change();

    /// What happened in words that fit behind "a pull request that was".
    String word();

    String title();

    /// The short name of the branch that it goes to.
    String targetBranch();

    PullRequest described();

    /// Where its change is to be had from the target repository.
    String ref();

    /// The newest commit of its source; empty when the forge does not tell all of its hash.
    String commit();

    /// The tip of its target; empty as above.
    String targetCommit();

    /// To it, for people.
    String link();

    /// Whether the forge also tells of changes that are none of commits in the same way, so that
    /// what has a run already is to be left out.
    default boolean oncePerCommit() {
        return false;
    }
}
