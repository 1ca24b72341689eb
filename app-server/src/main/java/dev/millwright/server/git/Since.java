package dev.millwright.server.git;

import java.util.regex.Pattern;

/// Since when files count as changed.
///
/// @param commit full hash; empty, or one that the repository does not have (after a forced push):
///   since the first parent
/// @param fromFork whether only the changes since the two histories parted count, as for a pull
///   request, whose target has moved on
public record Since(String commit, boolean fromFork) {
    private static final Pattern FULL_HASH = Pattern.compile("[0-9a-f]{40}");

    /// The commit's own first parent.
    public static final Since PARENT = new Since("", false);

    public Since {
        commit = FULL_HASH.matcher(commit).matches() ? commit : "";
    }
}
