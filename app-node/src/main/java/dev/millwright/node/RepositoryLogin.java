package dev.millwright.node;

import dev.millwright.plugin.Secret;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What proves to a repository who asks: kept in memory, given to git alone, never written down.
/// Immutable.
///
/// @param reader tells apart who may read: what one reader has fetched, another does not find in
///   the cache; hexadecimal digits, empty where nobody has to prove anything
/// @param user for https
/// @param passwordOrNull password or token for https
/// @param keyOrNull private key for ssh
/// @param knownHosts lines of `known_hosts`; where there are none, those of the machine count
/// @param forParts whether submodules and large files on the same host may be fetched with it, too;
///   not where a stranger has written which these are
public record RepositoryLogin(
        String reader,
        String user,
        @Nullable Secret passwordOrNull,
        @Nullable Secret keyOrNull,
        List<String> knownHosts,
        boolean forParts) {
    private static final Pattern READER = Pattern.compile("|[0-9a-f]{32,64}");

    /// Whoever knows nothing but what the machine's own Git knows.
    public static final RepositoryLogin NONE =
            new RepositoryLogin("", "", null, null, List.of(), true);

    public RepositoryLogin {
        // It becomes the name of a folder
        if (!READER.matcher(reader).matches()) {
            throw new NodeException("'%s' is no reader of a repository".formatted(reader));
        }
        if (reader.isEmpty() && (passwordOrNull != null || keyOrNull != null)) {
            throw new NodeException("credentials of a repository lack their reader");
        }
        knownHosts = List.copyOf(knownHosts);
    }

    public Optional<Secret> password() {
        return Optional.ofNullable(passwordOrNull);
    }

    public Optional<Secret> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// What must not be seen anywhere.
    public List<Secret> secrets() {
        return Stream.of(password(), key()).flatMap(Optional::stream).toList();
    }

    /// For submodules and large files.
    public RepositoryLogin ofParts() {
        return forParts ? this : NONE;
    }
}
