package dev.millwright.host.bundled;

import dev.millwright.host.load.LoadException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The plugins that come with Millwright. No server loads them before they are installed, so that
/// one which nobody uses costs nothing.
///
/// @param folderOrEmpty where they are; empty when this was not started by the launcher
public record BundledPlugins(Optional<Path> folderOrEmpty) {
    private static final List<String> SUFFIXES = List.of(".zip", ".jar");

    /// Those of this installation.
    public static BundledPlugins find() {
        return new BundledPlugins(
                Optional.ofNullable(System.getProperty("millwright.home"))
                        .map(home -> Path.of(home, "plugins")));
    }

    /// Their names, which are their ids too.
    public List<String> names() {
        return files().stream().map(BundledPlugins::name).sorted().toList();
    }

    private List<Path> files() {
        Optional<Path> folder = folderOrEmpty.filter(Files::isDirectory);
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> SUFFIXES.stream().anyMatch(file.toString()::endsWith))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.(zip|jar)$", "");
    }

    /// The file of that plugin; empty when none has that name.
    public Optional<Path> file(String name) {
        return files().stream().filter(file -> name(file).equals(name)).findFirst();
    }

    /// The plugin with that id when it is one that should replace what is in use: a newer version,
    /// or another build of the same.
    public Optional<PluginBundle> update(String id, String version, String sha256) {
        return file(id).flatMap(BundledPlugins::bundle)
                .filter(bundle -> bundle.id().equals(id) && bundle.replaces(version, sha256));
    }

    private static Optional<PluginBundle> bundle(Path file) {
        try {
            return Optional.of(PluginBundle.of(file));
        } catch (LoadException none) {
            return Optional.empty();
        }
    }
}
