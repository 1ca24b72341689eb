package dev.millwright.node.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/// Keep one bare clone per repository. Methods are called from any thread; work on one repository
/// goes one at a time.
public final class GitCache {
    private static final Pattern FULL_HASH = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String URL_FILE = "millwright-url";

    private final Path root;
    private final GitSettings settings;
    private final GitCommand git;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

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
        GitUrl.check(url, settings);
        GitUrl.checkRef(refOrCommit);
        ReentrantLock lock = locks.computeIfAbsent(url, key -> new ReentrantLock());
        lock.lock();
        try {
            Path bare = root.resolve(folder(url));
            boolean fresh = !Files.isDirectory(bare);
            if (!fresh && !belongsTo(bare, url)) {
                Trees.delete(bare);
                fresh = true;
            }
            try {
                return fetch(bare, url, refOrCommit);
            } catch (GitException refused) {
                if (fresh || isHealthy(bare)) {
                    throw refused;
                }
                Trees.delete(bare);
                return fetch(bare, url, refOrCommit);
            }
        } catch (IOException broken) {
            throw new GitException("the git cache %s cannot be used".formatted(root), broken);
        } finally {
            lock.unlock();
        }
    }

    private Fetched fetch(Path bare, String url, String refOrCommit) throws IOException {
        if (!Files.isDirectory(bare)) {
            create(bare, url);
        }
        if (FULL_HASH.matcher(refOrCommit).matches()) {
            return commit(bare, refOrCommit);
        }
        Optional<String> ref = RemoteRefs.find(git, bare, refOrCommit);
        if (ref.isEmpty()) {
            return abbreviated(bare, refOrCommit);
        }
        git.run(
                bare,
                "fetch",
                "--quiet",
                "--force",
                "--no-tags",
                "origin",
                "+" + ref.get() + ":" + ref.get());
        return new Fetched(bare, git.run(bare, "rev-parse", ref.get() + "^{commit}"), ref.get());
    }

    private void create(Path bare, String url) throws IOException {
        Files.createDirectories(root);
        git.run(root, "init", "--quiet", "--bare", "--", bare.toString());
        git.run(bare, "config", "remote.origin.url", url);
        Files.writeString(bare.resolve(URL_FILE), url);
    }

    private static boolean belongsTo(Path bare, String url) throws IOException {
        Path file = bare.resolve(URL_FILE);
        return Files.isRegularFile(file) && Files.readString(file).equals(url);
    }

    private Fetched commit(Path bare, String hash) {
        if (!has(bare, hash)) {
            fetchAll(bare);
        }
        if (!has(bare, hash)) {
            // Servers may give a commit that no branch or tag leads to
            git.run(bare, "fetch", "--quiet", "origin", hash);
        }
        return new Fetched(bare, git.run(bare, "rev-parse", hash + "^{commit}"), "");
    }

    private Fetched abbreviated(Path bare, String commit) {
        fetchAll(bare);
        if (!commit.matches("[0-9a-f]{4,64}") || !has(bare, commit)) {
            throw new GitException(
                    "the repository has no branch, tag or commit '%s'".formatted(commit));
        }
        return new Fetched(bare, git.run(bare, "rev-parse", commit + "^{commit}"), "");
    }

    private void fetchAll(Path bare) {
        git.run(
                bare,
                "fetch",
                "--quiet",
                "--force",
                "origin",
                "+refs/heads/*:refs/heads/*",
                "+refs/tags/*:refs/tags/*");
    }

    private boolean has(Path bare, String commit) {
        return git.attempt(bare, List.of("cat-file", "-e", commit + "^{commit}")).isSuccess();
    }

    /// Whether all that the cache's refs lead to is there.
    private boolean isHealthy(Path bare) {
        return git.attempt(bare, List.of("fsck", "--connectivity-only", "--no-progress"))
                .isSuccess();
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
            return name + "-" + HexFormat.of().formatHex(hash, 0, 8) + ".git";
        } catch (NoSuchAlgorithmException impossible) {
            throw new GitException("SHA-256 is missing from this Java", impossible);
        }
    }
}
