package dev.millwright.host;

import dev.millwright.model.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/// A file in the plugins' folder, with what belongs to it.
record PluginFile(Path path) {
    private static final long ABSENT = -1;
    private static final long LARGEST_SIGNATURE = 4096;

    /// Another one when a file has changed.
    ///
    /// @param key tells a replaced file from a changed one, even within the clock's resolution
    record Stamp(long size, long changed, String key, String signature, String settings) {
        /// Whether nothing but the settings may differ.
        boolean isSameFile(Stamp other) {
            return size == other.size
                    && changed == other.changed
                    && key.equals(other.key)
                    && signature.equals(other.signature);
        }
    }

    /// All files that may be plugins, in the order of their names.
    static List<PluginFile> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(PluginFile::isPlugin).sorted().map(PluginFile::new).toList();
        }
    }

    private static boolean isPlugin(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".")
                && (name.endsWith(".jar") || name.endsWith(".zip"))
                && Files.isRegularFile(path);
    }

    String name() {
        return path.getFileName().toString();
    }

    Path signature() {
        return path.resolveSibling(name() + ".sig");
    }

    /// Empty when there is none, or nothing that could be one.
    String signatureText() throws IOException {
        Path beside = signature();
        return Files.exists(beside) && Files.size(beside) <= LARGEST_SIGNATURE
                ? Files.readString(beside, StandardCharsets.ISO_8859_1).strip()
                : "";
    }

    /// SHA-256 in hexadecimal digits; empty when it cannot be read.
    String hash() {
        try {
            return Sha256.hex(path);
        } catch (IOException unreadable) {
            return "";
        }
    }

    Path settings(String id) {
        return path.resolveSibling(id + ".yaml");
    }

    /// @param id of the plugin in it; empty when it is not known
    Stamp stamp(String id) throws IOException {
        BasicFileAttributes own = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(
                own.size(),
                own.lastModifiedTime().toMillis(),
                String.valueOf(own.fileKey()),
                mark(signature()),
                id.isEmpty() ? "" : mark(settings(id)));
    }

    private static String mark(Path file) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + "@" + found.lastModifiedTime().toMillis() + found.fileKey();
        } catch (NoSuchFileException absent) {
            return String.valueOf(ABSENT);
        }
    }
}
