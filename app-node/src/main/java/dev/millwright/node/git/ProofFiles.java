package dev.millwright.node.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where private keys lie in files for as long as one git command takes, since `ssh` wants files: a
/// folder that the owner alone may enter. Called from any thread.
final class ProofFiles {
    private static final Logger log = LoggerFactory.getLogger(ProofFiles.class);

    private final Path folder;

    ProofFiles(Path folder) {
        this.folder = folder;
    }

    /// Delete what an earlier life left there, because it was killed.
    void deleteLeftovers() {
        try {
            Trees.delete(folder);
        } catch (IOException busy) {
            log.warn("{} could not be deleted; it may hold keys of repositories", folder, busy);
        }
    }

    /// Write a file that the owner alone may read: `ssh` refuses other keys.
    Path write(String text) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            Path file =
                    Files.createTempFile(
                            folder,
                            "",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            return file.toRealPath();
        } catch (IOException full) {
            throw new GitException(
                    "the key of a repository cannot be handed to ssh: " + full.getMessage(), full);
        }
    }

    void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException busy) {
            log.warn("{} holds the key of a repository and cannot be deleted", file, busy);
        }
    }
}
