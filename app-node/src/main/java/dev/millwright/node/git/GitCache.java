package dev.millwright.node.git;

import dev.millwright.model.Sha256;
import dev.millwright.node.RepositoryLogin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Keep one bare clone per repository. Methods are called from any thread; work on one repository
/// goes one at a time.
public final class GitCache {
    private final Path root;
    private final GitSettings settings;
    private final GitCommand git;
    private final ProofFiles files;
    private final List<Path> workspaces;
    private final LongSupplier nanos;
    private final Map<Key, CachedRepository> repositories = new ConcurrentHashMap<>();

    /// What one may read need not be for another, although the address is the same.
    private record Key(String url, String reader) {}

    private GitCache(Path root, GitSettings settings, List<Path> workspaces, LongSupplier nanos) {
        this.root = root;
        this.workspaces = List.copyOf(workspaces);
        this.nanos = nanos;
        this.settings = settings;
        this.git = new GitCommand(settings);
        this.files = new ProofFiles(root.resolve(".keys"));
    }

    /// For somebody who reads from it alone, or whose work trees do not last.
    public static GitCache create(Path root, GitSettings settings) {
        return create(root, settings, List.of());
    }

    /// Open the caches below that folder.
    ///
    /// @param workspaces folders of work trees: what those lean on stays
    public static GitCache create(Path root, GitSettings settings, List<Path> workspaces) {
        return create(root, settings, workspaces, System::nanoTime);
    }

    static GitCache create(
            Path root, GitSettings settings, List<Path> workspaces, LongSupplier nanos) {
        GitCache cache = new GitCache(root, settings, workspaces, nanos);
        cache.files.deleteLeftovers();
        return cache;
    }

    /// Bring a branch, tag or commit into the cache and say which commit it is now. A full commit
    /// hash that is there already costs no network. An empty text means the repository's default
    /// branch. Throws [GitException] with git's own words.
    ///
    /// A cache that is broken, or that belongs to another address, is thrown away and made anew.
    public Fetched fetch(String url, String refOrCommit) {
        return fetch(url, RepositoryLogin.NONE, refOrCommit);
    }

    /// The same for whoever can prove to the repository who asks. What was fetched with one proof
    /// is found only by who has the same.
    public Fetched fetch(String url, RepositoryLogin login, String refOrCommit) {
        return repository(url, login, refOrCommit).fetch(refOrCommit, git(url, login));
    }

    /// Make the cache anew, because reading what was fetched from it failed. Work trees that were
    /// made from the old one stay usable.
    public Fetched renew(String url, RepositoryLogin login, String refOrCommit, Fetched broken) {
        return repository(url, login, refOrCommit).renew(refOrCommit, broken, git(url, login));
    }

    /// Addresses of the repositories that were used in this life of the node.
    public Set<String> urls() {
        return repositories.keySet().stream().map(Key::url).collect(Collectors.toUnmodifiableSet());
    }

    private CachedRepository repository(String url, RepositoryLogin login, String refOrCommit) {
        GitUrl.check(url, settings);
        GitUrl.checkRef(refOrCommit);
        checkHost(url);
        return repositories.computeIfAbsent(
                new Key(url, login.reader()),
                key ->
                        new CachedRepository(
                                new Generations(root.resolve(folder(key)), url, git, workspaces),
                                url,
                                git,
                                settings.limits(),
                                nanos));
    }

    /// Throws [GitException] when the host of the address may not be reached.
    void checkHost(String url) {
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

    GitLimits limits() {
        return settings.limits();
    }

    /// Git that can prove to that repository who asks.
    GitCommand git(String url, RepositoryLogin login) {
        return login.equals(RepositoryLogin.NONE)
                ? git
                : git.proving(new Proof.Source(url, login, files));
    }

    private static String folder(Key key) {
        String folder = folder(key.url());
        return key.reader().isEmpty() ? folder : folder + "-" + key.reader();
    }

    private static String folder(String url) {
        String name =
                url.replaceFirst("/+$", "")
                        .replaceFirst("\\.git$", "")
                        .replaceFirst("^.*[/:]", "")
                        .replaceAll("[^A-Za-z0-9._-]", "_");
        return name.substring(0, Math.min(60, name.length()))
                + "-"
                + Sha256.hex(url).substring(0, 16);
    }
}
