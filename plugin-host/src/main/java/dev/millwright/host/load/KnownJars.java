package dev.millwright.host.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Which jars were read through and found whole. The SHA-256 of all its bytes tells that a jar is
/// one of them, so that not every start has to unpack every plugin. Nothing is lost when it is
/// forgotten. Used by one thread at a time.
///
/// @param folder an empty file for each, by its SHA-256
record KnownJars(Path folder) {
    /// Far more than anybody has plugins: most are older versions by then.
    private static final int MOST = 500;

    boolean contains(String sha256) {
        return Files.isRegularFile(folder.resolve(sha256));
    }

    void add(String sha256) {
        try {
            Files.createDirectories(folder);
            if (isFull()) {
                PrivateCopy.delete(folder);
                Files.createDirectories(folder);
            }
            Files.write(folder.resolve(sha256), new byte[0]);
        } catch (IOException unwritable) {
            // Then it is read through again at the next start
        }
    }

    private boolean isFull() throws IOException {
        try (Stream<Path> known = Files.list(folder)) {
            return known.count() >= MOST;
        }
    }
}
