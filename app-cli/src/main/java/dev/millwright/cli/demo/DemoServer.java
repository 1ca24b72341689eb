package dev.millwright.cli.demo;

import dev.millwright.cli.launch.Launcher;
import dev.millwright.cli.plugin.BundledFiles;
import dev.millwright.cli.server.ServerChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The server of the demo, which is started again when somebody kills it. One thread; stopped from
/// any.
final class DemoServer {
    private static final int LOG_LINES = 20;

    private final Launcher launcher;
    private final Path folder;
    private final int port;
    private final AtomicReference<@Nullable ServerChild> child = new AtomicReference<>();

    DemoServer(Launcher launcher, Path folder, int port) {
        this.launcher = launcher;
        this.folder = folder;
        this.port = port;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    Path keyFile() {
        return folder.resolve("data/admin.key");
    }

    /// Put a plugin where the server will look for it, as `millwright plugin install` does for a
    /// server that runs.
    void install(String plugin) {
        Path bundled = BundledFiles.require(plugin);
        Path plugins = folder.resolve("data/plugins");
        try {
            // The server's data is above it, and nobody else's business
            Files.createDirectories(plugins, onlyMine("rwx------"));
            Files.copy(
                    bundled,
                    plugins.resolve(bundled.getFileName()),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static FileAttribute<?> onlyMine(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    Path logFile() {
        return folder.resolve("server.log");
    }

    String key() {
        try {
            return Files.readString(keyFile()).strip();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// Start it and wait until it works. False when the waiting was given up.
    boolean start(BooleanSupplier goOn) {
        ServerChild started =
                new ServerChild(
                        launcher.start(
                                List.of("server", "--config", configFile().toString()), logFile()),
                        address());
        child.set(started);
        if (started.awaitReady(goOn)) {
            return true;
        }
        if (!goOn.getAsBoolean()) {
            return false;
        }
        throw started.failure(lastLines());
    }

    /// A file of its own, so that settings of other servers on this machine do not count.
    private Path configFile() {
        Path file = folder.resolve("server.yaml");
        try {
            return Files.writeString(
                    file,
                    """
                    data-dir: "%s"
                    port: %d
                    link:
                      port: 0
                    node:
                      slots: 8
                    git:
                      allow-file: true
                    """
                            .formatted(folder.resolve("data"), port));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private List<String> lastLines() {
        try {
            List<String> lines = Files.readAllLines(logFile());
            return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size());
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    boolean isAlive() {
        ServerChild running = child.get();
        return running != null && running.process().isAlive();
    }

    long pid() {
        ServerChild running = child.get();
        return running == null ? -1 : running.process().pid();
    }

    void stop() {
        ServerChild running = child.get();
        if (running != null) {
            running.stop();
        }
    }
}
