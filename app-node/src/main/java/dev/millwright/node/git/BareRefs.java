package dev.millwright.node.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Reads the branches and tags of a bare repository from its files, which saves a process.
final class BareRefs {
    private BareRefs() {}

    /// Full names and hashes.
    static Map<String, String> of(Path bare) throws IOException {
        Map<String, String> refs = new TreeMap<>();
        // Loose ones first: git packs a ref before it removes the loose one
        loose(bare, bare.resolve("refs/heads"), refs);
        loose(bare, bare.resolve("refs/tags"), refs);
        Path packed = bare.resolve("packed-refs");
        if (Files.exists(packed)) {
            for (String line : Files.readAllLines(packed, StandardCharsets.ISO_8859_1)) {
                int blank = line.indexOf(' ');
                if (blank > 0 && line.charAt(0) != '#' && line.charAt(0) != '^') {
                    refs.putIfAbsent(line.substring(blank + 1), line.substring(0, blank));
                }
            }
        }
        return refs;
    }

    private static void loose(Path bare, Path folder, Map<String, String> refs) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String hash = text(file).strip();
                if (!file.toString().endsWith(".lock") && hash.matches("[0-9a-f]{40,64}")) {
                    refs.put(bare.relativize(file).toString(), hash);
                }
            }
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
    }

    /// Empty when somebody has just packed or deleted it.
    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException gone) {
            return "";
        }
    }
}
