package dev.millwright.node.git;

import java.io.IOException;
import java.nio.file.Files;
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
        Path packed = bare.resolve("packed-refs");
        if (Files.exists(packed)) {
            for (String line : Files.readAllLines(packed)) {
                int blank = line.indexOf(' ');
                if (blank > 0 && line.charAt(0) != '#' && line.charAt(0) != '^') {
                    refs.put(line.substring(blank + 1), line.substring(0, blank));
                }
            }
        }
        loose(bare, bare.resolve("refs/heads"), refs);
        loose(bare, bare.resolve("refs/tags"), refs);
        return refs;
    }

    private static void loose(Path bare, Path folder, Map<String, String> refs) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String hash = Files.readString(file).strip();
                if (hash.matches("[0-9a-f]{40,64}")) {
                    refs.put(bare.relativize(file).toString(), hash);
                }
            }
        }
    }
}
