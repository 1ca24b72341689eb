package dev.millwright.node.plugin;

import dev.millwright.model.Sha256;
import dev.millwright.node.NodeException;
import dev.millwright.node.OwnerOnly;
import dev.millwright.node.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The plugins of a node on its disk, below `<root>/plugins/`, for its owner only: each file under
/// its SHA-256, with its signature beside it, and `told.json`, what a server told last. Files
/// appear whole or not at all. One thread.
final class PluginFolder {
    private static final Logger log = LoggerFactory.getLogger(PluginFolder.class);
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{64}\\.(jar|zip)");

    private final Path folder;

    PluginFolder(Path root) {
        this.folder = root.resolve("plugins");
    }

    /// Make the folder and forget what was fetched in part.
    void prepare() throws IOException {
        OwnerOnly.keep(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (name.startsWith(".") && name.endsWith(".part")) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    Path path() {
        return folder;
    }

    boolean has(OfferedPlugin plugin) {
        return Files.exists(folder.resolve(plugin.file()));
    }

    /// The names of all plugins' files.
    List<String> files() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> FILE.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    /// @param file one of [#files()]
    void remove(String file) throws IOException {
        Files.deleteIfExists(folder.resolve(file));
        Files.deleteIfExists(folder.resolve(file + ".sig"));
    }

    private Path part(OfferedPlugin plugin) {
        return folder.resolve("." + plugin.file() + ".part");
    }

    /// How many bytes of it are there.
    long fetched(OfferedPlugin plugin) throws IOException {
        Path part = part(plugin);
        return Files.exists(part) ? Files.size(part) : 0;
    }

    void append(OfferedPlugin plugin, byte[] bytes) throws IOException {
        Path part = part(plugin);
        if (!Files.exists(part)) {
            OwnerOnly.createFile(part);
        }
        Files.write(part, bytes, StandardOpenOption.APPEND);
    }

    /// Forget what was fetched of it.
    void drop(OfferedPlugin plugin) throws IOException {
        Files.deleteIfExists(part(plugin));
    }

    /// Take in what was fetched. False when it is not what was offered; then it is gone.
    boolean take(OfferedPlugin plugin) throws IOException {
        Path part = part(plugin);
        if (Files.size(part) != plugin.size() || !Sha256.hex(part).equals(plugin.sha256())) {
            drop(plugin);
            return false;
        }
        sign(plugin);
        try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(part, folder.resolve(plugin.file()), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /// Let the signature beside the file be the one that was told.
    void sign(OfferedPlugin plugin) throws IOException {
        Path beside = folder.resolve(plugin.file() + ".sig");
        String there = Files.exists(beside) ? Files.readString(beside) : "";
        if (plugin.signature().isEmpty()) {
            Files.deleteIfExists(beside);
        } else if (!there.equals(plugin.signature())) {
            WholeFile.write(beside, plugin.signature());
        }
    }

    /// What a server told last; nothing when that cannot be read.
    List<OfferedPlugin> told() {
        Path file = folder.resolve("told.json");
        try {
            return Files.exists(file) ? OfferedPluginsJson.read(Files.readString(file)) : List.of();
        } catch (IOException
                | JacksonException
                | NodeException
                | IllegalArgumentException unreadable) {
            log.warn("{} cannot be read; a server will tell it again", file, unreadable);
            return List.of();
        }
    }

    void storeTold(List<OfferedPlugin> told) throws IOException {
        WholeFile.write(folder.resolve("told.json"), OfferedPluginsJson.write(told));
    }
}
