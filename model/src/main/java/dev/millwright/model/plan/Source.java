package dev.millwright.model.plan;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The repository state that a run works on, pinned when the plan is made.
///
/// @param url where the repository is cloned from; empty when a trigger told of the commit and the
///   pipeline has no repository, so that nothing is cloned
/// @param commit full hash
/// @param refOrNull such as `refs/heads/main`; null when only a commit was asked for
/// @param branch short branch name, for a pull request of the branch it goes to; empty for tags
/// @param tag tag name, else empty
/// @param previousCommit the commit before the change, for a pull request the one that it begins
///   at; else empty
/// @param changedFiles paths changed since the previous commit, in repository order
/// @param checkout how the workspace is filled
/// @param accessOrNull what opens the repository of that address, and no other; null where
///   everybody may read it, or Git of the machine knows its credentials
public record Source(
        String url,
        String commit,
        @Nullable String refOrNull,
        String branch,
        String tag,
        String previousCommit,
        String message,
        String author,
        String authorEmail,
        List<String> changedFiles,
        Checkout checkout,
        @Nullable RepositoryAccess accessOrNull) {

    /// How the workspace is filled.
    ///
    /// @param depth commits of history; 0 means all
    /// @param submodules whether submodules are fetched too
    /// @param lfs whether large files are fetched through git-lfs
    public record Checkout(int depth, boolean submodules, boolean lfs) {
        public static final Checkout DEFAULT = new Checkout(0, false, false);
    }

    public Source {
        changedFiles = List.copyOf(changedFiles);
    }

    /// A repository that needs no credentials of its pipeline.
    public Source(
            String url,
            String commit,
            @Nullable String refOrNull,
            String branch,
            String tag,
            String previousCommit,
            String message,
            String author,
            String authorEmail,
            List<String> changedFiles,
            Checkout checkout) {
        this(
                url,
                commit,
                refOrNull,
                branch,
                tag,
                previousCommit,
                message,
                author,
                authorEmail,
                changedFiles,
                checkout,
                null);
    }

    public Optional<RepositoryAccess> access() {
        return Optional.ofNullable(accessOrNull);
    }

    public Optional<String> ref() {
        return Optional.ofNullable(refOrNull);
    }
}
