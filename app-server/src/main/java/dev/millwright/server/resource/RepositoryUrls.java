package dev.millwright.server.resource;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which repository addresses a pipeline may name.
final class RepositoryUrls {
    private static final Pattern SCP_FORM =
            Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:[^:].*");
    private static final Pattern PASSWORD = Pattern.compile("[a-z]+://[^/@]*:[^/@]*@.*");

    private RepositoryUrls() {}

    /// What is wrong with the address; empty when it may be used.
    static Optional<String> problem(String url) {
        String lower = url.toLowerCase(Locale.ROOT);
        if (url.isBlank()) {
            return Optional.of("the repository has no url");
        }
        if (url.startsWith("-") || url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return Optional.of("the address begins with '-' or holds control characters");
        }
        if (PASSWORD.matcher(lower).matches()) {
            return Optional.of(
                    "the address holds a password; leave it out and let git's credentials on the node do their work");
        }
        boolean host = lower.matches("(https?|ssh)://[^-/].*");
        boolean local = lower.startsWith("file:///") || url.startsWith("/");
        if (host || local || SCP_FORM.matcher(url).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                "'%s' is not an address that is allowed; use https://, ssh://, user@host:path, http://, file:// or a path"
                        .formatted(url));
    }
}
