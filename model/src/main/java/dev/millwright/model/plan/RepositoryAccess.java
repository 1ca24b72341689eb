package dev.millwright.model.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What opens a repository that is not for everybody, as the pipeline's resource names it: secrets
/// as references, never as values. Immutable.
///
/// @param user for https
/// @param passwordOrNull reference to the password or token for https, such as
///   `${secret:vault/ci/git#token}`
/// @param keyOrNull reference to the private key for ssh
/// @param knownHosts lines of `known_hosts`; where there are none, those of the machine count
public record RepositoryAccess(
        String user,
        @Nullable String passwordOrNull,
        @Nullable String keyOrNull,
        List<String> knownHosts) {
    public RepositoryAccess {
        knownHosts = List.copyOf(knownHosts);
    }

    public Optional<String> password() {
        return Optional.ofNullable(passwordOrNull);
    }

    public Optional<String> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// The secrets that have to be looked up.
    public List<String> references() {
        return Stream.of(passwordOrNull, keyOrNull).filter(Objects::nonNull).toList();
    }
}
