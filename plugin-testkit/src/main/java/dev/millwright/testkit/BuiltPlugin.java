package dev.millwright.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds what the build of the module under test has made.
///
/// ```java
/// Path plugin = BuiltPlugin.find(); // target/my-plugin-1.0.0.jar
/// ```
public final class BuiltPlugin {
    private BuiltPlugin() {}

    /// The file that the system property `plugin.file` names, else the only `*-plugin.zip`,
    /// `*-plugin.jar`, or other jar in `target/` that is not sources, docs, tests or an original of
    /// shading. Throws [IllegalStateException] when there is none or more than one: tests of the
    /// built plugin run in the phase `verify`, after `package`.
    public static Path find() {
        return in(Path.of("target"));
    }

    /// Like [#find] for what the build of another module has made.
    ///
    /// @param target such as `../plugins/otel-export/target`
    public static Path in(Path target) {
        String named = System.getProperty("plugin.file", "");
        return named.isEmpty() ? find(target) : Path.of(named);
    }

    /// The built plugin in that folder, by the same rules.
    public static Path find(Path target) {
        try (Stream<Path> entries = Files.isDirectory(target) ? Files.list(target) : Stream.of()) {
            List<Path> all = entries.filter(BuiltPlugin::isBuilt).sorted().toList();
            List<Path> marked =
                    all.stream()
                            .filter(file -> file.toString().matches(".*-plugin\\.(zip|jar)"))
                            .toList();
            List<Path> chosen = marked.isEmpty() ? all : marked;
            if (chosen.size() != 1) {
                throw new IllegalStateException(
                        "%s should hold one built plugin and holds %s; run this in the phase verify"
                                .formatted(target.toAbsolutePath(), chosen));
            }
            return chosen.getFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isBuilt(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(".jar") || name.endsWith(".zip"))
                && !name.matches("original-.*|.*-(sources|javadoc|tests)\\.jar");
    }
}
