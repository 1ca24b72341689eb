package dev.millwright.itest.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds the plugins that this build has made.
final class BuiltPlugins {
    private BuiltPlugins() {}

    /// The jar of `plugins/NAME`, or the file that the system property `NAME.file` names.
    static Path find(String name) throws IOException {
        String named = System.getProperty(name + ".file", "");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        Path target = Path.of("..", "plugins", name, "target").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars =
                    files.filter(
                                    file -> {
                                        String text = file.getFileName().toString();
                                        return text.matches(name + "-[0-9].*\\.jar")
                                                && !text.matches(
                                                        ".*-(sources|javadoc|tests)\\.jar");
                                    })
                            .toList();
            if (jars.size() != 1) {
                throw new IllegalStateException(
                        "one jar is expected in %s: %s".formatted(target, jars));
            }
            return jars.getFirst();
        }
    }
}
