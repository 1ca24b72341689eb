package dev.millwright.bench.server;

import dev.millwright.bench.measure.BenchException;
import dev.millwright.server.store.DatabaseSettings;
import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Data directory, database and settings of one server, which may be started again and again, one
/// at a time. Its servers are what `./millwright server` starts. One thread; anybody may close it.
public final class ServerHome implements AutoCloseable {
    private final Path folder;
    private final Path data;
    private final DatabaseSettings database;
    private final int port;
    private final int linkPort;
    private volatile @Nullable ServerProcess current;

    private ServerHome(Path folder, DatabaseSettings database, int port, int linkPort) {
        this.folder = folder;
        this.data = database.dataDirectory();
        this.database = database;
        this.port = port;
        this.linkPort = linkPort;
    }

    /// Make the home in an empty folder; nothing is started yet.
    public static ServerHome create(Path folder, Databases databases) throws IOException {
        Files.createDirectories(folder);
        DatabaseSettings database = databases.next(folder.resolve("data"));
        ServerHome home = new ServerHome(folder, database, Ports.free(), Ports.free());
        Files.writeString(home.config(), home.settings());
        return home;
    }

    /// The server's database, for work on it while no server runs.
    public DatabaseSettings database() {
        return database;
    }

    /// Where the server's nodes come in.
    public int linkPort() {
        return linkPort;
    }

    /// Where its servers look for plugins.
    public Path plugins() {
        return data.resolve("plugins");
    }

    /// Start a server and wait until it is ready.
    public ServerProcess start() throws IOException, InterruptedException {
        ServerProcess server = launch();
        server.awaitReady();
        return server;
    }

    /// Start a server; see [ServerProcess#awaitReady()].
    public ServerProcess launch() throws IOException {
        ServerProcess before = current;
        if (before != null && before.isAlive()) {
            throw new BenchException("the server before is still running");
        }
        Path log = folder.resolve("server.log");
        ProcessBuilder builder =
                Launched.command(log, List.of("server", "--config", config().toString()));
        ServerProcess server = ServerProcess.start(builder, port, data.resolve("admin.key"), log);
        current = server;
        return server;
    }

    private Path config() {
        return folder.resolve("server.yaml");
    }

    /// A file of its own, so that settings of this machine's own server are not looked at.
    private String settings() {
        // What it polls is on this machine
        String text =
                "data-dir: %s\nport: %d\nlink:\n  port: %d\nnetwork:\n  allow: [127.0.0.1]\n"
                        .formatted(data, port, linkPort);
        return database.url().isEmpty()
                ? text
                : text
                        + "database:\n  url: %s\n  user: %s\n"
                                .formatted(database.url(), database.user());
    }

    @Override
    public void close() {
        ServerProcess server = current;
        if (server != null) {
            server.kill();
        }
    }
}
