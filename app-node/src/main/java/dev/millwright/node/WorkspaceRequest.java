package dev.millwright.node;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.plan.Source.Checkout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has to lie in the workspace of a run: exactly one commit of one repository.
///
/// @param refOrNull where the commit was found; helps to fetch it and names the local branch
/// @param loginOrNull what opens the repository; null where nothing is needed, and when it is not
///   known any more: the journal never has it
public record WorkspaceRequest(
        String url,
        String commit,
        @Nullable String refOrNull,
        Checkout checkout,
        @Nullable RepositoryLogin loginOrNull) {
    public WorkspaceRequest {
        requireNonNull(url, "url is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(checkout, "checkout is null");
    }

    /// For a repository that needs no credentials of its pipeline.
    public WorkspaceRequest(
            String url, String commit, @Nullable String refOrNull, Checkout checkout) {
        this(url, commit, refOrNull, checkout, null);
    }

    public RepositoryLogin login() {
        return loginOrNull == null ? RepositoryLogin.NONE : loginOrNull;
    }

    /// The same to be written down.
    WorkspaceRequest withoutLogin() {
        return new WorkspaceRequest(url, commit, refOrNull, checkout);
    }

    public Optional<String> ref() {
        return Optional.ofNullable(refOrNull);
    }
}
