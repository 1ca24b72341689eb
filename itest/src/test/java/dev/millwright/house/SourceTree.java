package dev.millwright.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The files of the project as they lie on disk. Any thread.
final class SourceTree {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", "node_modules");

    private SourceTree() {}

    static Path root() {
        return Path.of(
                Objects.requireNonNull(
                        System.getProperty("millwright.root"),
                        "run the tests with Maven: the build sets millwright.root"));
    }

    /// All files below the root whose names end so, build results left out.
    static List<Path> filesEndingWith(String ending) {
        return walk(root()).filter(file -> file.getFileName().toString().endsWith(ending)).toList();
    }

    private static Stream<Path> walk(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.sorted().toList().stream().flatMap(SourceTree::filesAt);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Stream<Path> filesAt(Path entry) {
        if (!Files.isDirectory(entry)) {
            return Stream.of(entry);
        }
        return NOT_OURS.contains(entry.getFileName().toString()) ? Stream.of() : walk(entry);
    }

    static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
