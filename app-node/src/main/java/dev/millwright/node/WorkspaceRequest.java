package dev.millwright.node;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.plan.Source.Checkout;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has to lie in the workspace of a run: exactly one commit of one repository.
///
/// @param refOrNull where the commit was found; helps to fetch it and names the local branch
public record WorkspaceRequest(
        String url, String commit, @Nullable String refOrNull, Checkout checkout) {
    public WorkspaceRequest {
        requireNonNull(url, "url is null");
        requireNonNull(commit, "commit is null");
        requireNonNull(checkout, "checkout is null");
    }

    public Optional<String> ref() {
        return Optional.ofNullable(refOrNull);
    }
}
