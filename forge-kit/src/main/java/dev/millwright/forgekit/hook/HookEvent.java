package dev.millwright.forgekit.hook;

import java.util.Locale;

/// What a hook can start runs for, in the words of `when: event:`, and the forges' own where a
/// pipeline has no word for it.
public enum HookEvent {
    /// A branch got commits, or is new.
    PUSH,
    /// A tag was pushed.
    TAG,
    /// A pull request was opened, reopened, or got commits.
    PULL_REQUEST,
    /// A pull request was merged or given up.
    PULL_REQUEST_CLOSED,
    /// A release was published.
    RELEASE,
    /// A branch or tag is new. That is a push too, so few want both.
    CREATE,
    /// A branch or tag was deleted: a run of the pipeline's own branch, for those who clean up.
    DELETE,
    /// Somebody asked for a run.
    MANUAL;

    /// The word that users write.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
