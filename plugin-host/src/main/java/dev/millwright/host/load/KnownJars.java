package dev.millwright.host.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Which jars were read through and found whole. The SHA-256 of all its bytes tells that a jar is
/// one of them, so that not every start has to unpack every plugin; and where the jar lay tells its
/// SHA-256, so that not every start has to read all of it. Nothing is lost when it is forgotten.
/// Used by one thread at a time.
///
/// @param folder a file for each, by its SHA-256, with the mark of the jar that was last seen
record KnownJars(Path folder) {
    /// Far more than anybody has plugins: most are older versions by then.
    private static final int MOST = 500;

    boolean contains(String sha256) {
        return Files.isRegularFile(folder.resolve(sha256));
    }

    /// Empty when no jar with that mark is known.
    Optional<String> hashOf(FileMark mark) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> known = Files.list(folder)) {
            return known.filter(one -> holds(one, mark))
                    .map(one -> one.getFileName().toString())
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean holds(Path known, FileMark mark) {
        try {
            return Files.readString(known, StandardCharsets.UTF_8).equals(mark.text());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /// @param mark empty when the jar may be another one by now
    void add(String sha256, Optional<FileMark> mark) {
        try {
            Files.createDirectories(folder);
            if (isFull()) {
                PrivateCopy.delete(folder);
                Files.createDirectories(folder);
            }
            Files.writeString(
                    folder.resolve(sha256),
                    mark.map(FileMark::text).orElse(""),
                    StandardCharsets.UTF_8);
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
