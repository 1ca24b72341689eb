package dev.millwright.node.git;

import java.nio.file.Path;

/// Keep one bare clone per repository. Methods are called from any thread; work on one repository
/// goes one at a time.
public final class GitCache {
    private GitCache() {}

    public static GitCache create(Path root, GitSettings settings) {
        return new GitCache();
    }

    /// Bring a branch, tag or commit into the cache and say which commit it is now. A full commit
    /// hash that is there already costs no network. An empty text means the repository's default
    /// branch. Throws [GitException] with git's own words.
    public Fetched fetch(String url, String refOrCommit) {
        throw new GitException("not there yet");
    }
}
