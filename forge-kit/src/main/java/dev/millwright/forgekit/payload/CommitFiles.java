package dev.millwright.forgekit.payload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Changed files where each commit of a push has `added`, `modified` and `removed`. Pure.
public final class CommitFiles {
    /// Longer lists of files may have been cut off.
    private static final int MOST_FILES = 300;

    private CommitFiles() {}

    /// Empty when a commit does not tell all of its files, or when there is no commit at all.
    public static Optional<List<String>> of(List<JsonObject> commits) {
        boolean partial = commits.isEmpty();
        Set<String> files = new TreeSet<>();
        for (JsonObject commit : commits) {
            Set<String> own = new TreeSet<>(commit.texts("added"));
            own.addAll(commit.texts("modified"));
            own.addAll(commit.texts("removed"));
            partial |= own.isEmpty() || own.size() >= MOST_FILES;
            files.addAll(own);
        }
        return partial ? Optional.empty() : Optional.of(List.copyOf(files));
    }
}
