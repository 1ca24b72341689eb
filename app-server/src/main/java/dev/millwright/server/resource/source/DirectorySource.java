package dev.millwright.server.resource.source;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The YAML and JSON files of a directory and of the directories in it; hidden ones are left out.
///
/// @param maxSize of all files together, in bytes
record DirectorySource(Path directory, long maxSize, InstantSource clock) implements Source {
    private static final int DEEPEST = 10;

    /// Files that are younger may still be in the middle of being written.
    private static final Duration SETTLED = Duration.ofSeconds(1);

    @Override
    public String origin() {
        return "directory:" + directory;
    }

    @Override
    public Optional<Map<String, String>> read() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new IOException("%s holds no .yaml, .yml or .json file".formatted(directory));
        }
        Instant now = clock.instant();
        Map<String, String> texts = new LinkedHashMap<>();
        long size = 0;
        for (Path file : files) {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            if (changed.isAfter(now.minus(SETTLED)) && !changed.isAfter(now)) {
                return Optional.empty();
            }
            size += Files.size(file);
            if (size > maxSize) {
                throw new IOException(
                        "the files in %s have more than %,d bytes; see resources.max-size"
                                .formatted(directory, maxSize));
            }
            texts.put(directory.relativize(file).toString(), Files.readString(file));
        }
        return Optional.of(texts);
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("the directory %s does not exist".formatted(directory));
        }
        try (Stream<Path> all = Files.walk(directory, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(file -> !isHidden(directory.relativize(file)))
                    .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }
}
