package dev.millwright.server.git;

import dev.millwright.engine.yaml.Includes;
import dev.millwright.node.git.GitException;
import java.io.IOException;

/// Includes files of the same commit.
final class CommitIncludes {
    private CommitIncludes() {}

    static Includes of(CommitReader commit, String hash) {
        return path -> {
            try {
                return commit.file(hash, path);
            } catch (IOException broken) {
                throw new GitException(
                        "file '%s' of commit %.12s cannot be read: %s"
                                .formatted(path, hash, broken.getMessage()),
                        broken);
            }
        };
    }
}
