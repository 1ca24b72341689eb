package dev.millwright.node.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Keep one bare clone per repository. Methods are called from any thread; work on one repository
/// goes one at a time.
public final class GitCache {
    private final Path root;
    private final GitSettings settings;
    private final GitCommand git;
    private final Map<String, CachedRepository> repositories = new ConcurrentHashMap<>();

    private GitCache(Path root, GitSettings settings) {
        this.root = root;
        this.settings = settings;
        this.git = new GitCommand(settings);
    }

    public static GitCache create(Path root, GitSettings settings) {
        return new GitCache(root, settings);
    }

    /// Bring a branch, tag or commit into the cache and say which commit it is now. A full commit
    /// hash that is there already costs no network. An empty text means the repository's default
    /// branch. Throws [GitException] with git's own words.
    ///
    /// A cache that is broken, or that belongs to another address, is thrown away and made anew.
    public Fetched fetch(String url, String refOrCommit) {
        return repository(url, refOrCommit).fetch(refOrCommit);
    }

    /// Make the cache anew, because reading what was fetched from it failed. Work trees that were
    /// made from the old one stay usable.
    public Fetched renew(String url, String refOrCommit, Fetched broken) {
        return repository(url, refOrCommit).renew(refOrCommit, broken);
    }

    /// Addresses of the repositories that were used in this life of the node.
    public Set<String> urls() {
        return Set.copyOf(repositories.keySet());
    }

    private CachedRepository repository(String url, String refOrCommit) {
        GitUrl.check(url, settings);
        GitUrl.checkRef(refOrCommit);
        checkHost(url);
        return repositories.computeIfAbsent(
                url, _ -> new CachedRepository(root.resolve(folder(url)), url, git));
    }

    private void checkHost(String url) {
        Optional<String> host = GitUrl.host(url);
        if (host.isPresent()) {
            try {
                settings.wall().checkWhereKnown(host.get());
            } catch (IOException refused) {
                throw new GitException(
                        "the repository address '%s' is refused: %s"
                                .formatted(GitUrl.withoutCredentials(url), refused.getMessage()),
                        refused);
            }
        }
    }

    GitCommand git() {
        return git;
    }

    private static String folder(String url) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(url.getBytes(StandardCharsets.UTF_8));
            String name =
                    url.replaceFirst("/+$", "")
                            .replaceFirst("\\.git$", "")
                            .replaceFirst("^.*[/:]", "")
                            .replaceAll("[^A-Za-z0-9._-]", "_");
            return name.substring(0, Math.min(60, name.length()))
                    + "-"
                    + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new GitException("SHA-256 is missing from this Java", impossible);
        }
    }
}
