package dev.millwright.cli.server;

import dev.millwright.cli.command.CliException;
import dev.millwright.cli.command.ExitCode;
import dev.millwright.cli.launch.Child;
import dev.millwright.cli.launch.Launcher;
import dev.millwright.node.OwnerOnly;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Several servers on one database, each with a data directory, ports and a node of its own below
/// the same folder. The keys that the first one makes, the administrator's and the cluster's, are
/// the keys of all of them. One thread, but for [#stop].
final class ServerGroup {
    private static final String KEY = "admin.key";

    private static final String CLUSTER_KEY = "cluster.key";

    private final List<ServerChild> servers = new ArrayList<>();
    private final Path folder;
    private final Plan plan;

    /// What is started.
    ///
    /// @param folder of all data
    /// @param firstPort the servers listen on this one and those that follow
    /// @param firstLinkPort the same for nodes
    /// @param settings flags for all servers
    record Plan(
            Path folder,
            int firstPort,
            int firstLinkPort,
            DatabaseAddress database,
            List<String> settings) {
        Plan {
            settings = List.copyOf(settings);
        }
    }

    ServerGroup(Plan plan) {
        this.folder = plan.folder().toAbsolutePath().normalize();
        this.plan = plan;
    }

    /// Start them: the first one makes the key, the others get it. False when it was given up
    /// before all of them were ready.
    ///
    /// @param firstIsReady called when the others are about to be started
    boolean start(int count, BooleanSupplier goOn, Runnable firstIsReady) {
        var _ = FreePort.exactly(plan.firstPort(), "--port", count);
        var _ = FreePort.exactly(plan.firstLinkPort(), "--link-port", count);
        if (!begin(1).awaitReady(goOn)) {
            return failed(servers.getFirst(), goOn);
        }
        firstIsReady.run();
        for (int number = 2; number <= count; number++) {
            shareKeys(directory(number));
            var _ = begin(number);
        }
        for (ServerChild server : all()) {
            if (!server.awaitReady(goOn)) {
                return failed(server, goOn);
            }
        }
        return true;
    }

    private static boolean failed(ServerChild server, BooleanSupplier goOn) {
        if (goOn.getAsBoolean()) {
            throw server.failure(List.of());
        }
        return false;
    }

    private ServerChild begin(int number) {
        int port = plan.firstPort() + number - 1;
        Child process = Launcher.require().start(command(number, port));
        ServerChild server = new ServerChild(process, URI.create("http://127.0.0.1:" + port));
        synchronized (servers) {
            servers.add(server);
        }
        return server;
    }

    private List<String> command(int number, int port) {
        Path directory = directory(number);
        List<String> command = new ArrayList<>(List.of("server"));
        command.addAll(plan.settings());
        command.addAll(
                List.of(
                        "--port",
                        Integer.toString(port),
                        "--link-port",
                        Integer.toString(plan.firstLinkPort() + number - 1),
                        "--data-dir",
                        directory.toString(),
                        "--node-name",
                        "local-" + number,
                        "--node-workspace-root",
                        directory.resolve("workspaces").toString()));
        command.addAll(plan.database().flags());
        return command;
    }

    private Path directory(int number) {
        return folder.resolve("server-" + number);
    }

    /// Where all their data is.
    Path folder() {
        return folder;
    }

    /// Where the administrator's key is.
    Path key() {
        return directory(1).resolve(KEY);
    }

    private void shareKeys(Path directory) {
        try {
            OwnerOnly.createFolders(directory);
            copy(KEY, directory);
            // There is none when a setting says where the cluster's key is
            if (Files.exists(directory(1).resolve(CLUSTER_KEY))) {
                copy(CLUSTER_KEY, directory);
            }
        } catch (IOException refused) {
            throw new CliException(
                    ExitCode.SERVER,
                    "the keys cannot be given to %s: %s".formatted(directory, refused));
        }
    }

    private void copy(String key, Path directory) throws IOException {
        // The copy keeps who may read it
        Files.copy(
                directory(1).resolve(key),
                directory.resolve(key),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    List<ServerChild> all() {
        synchronized (servers) {
            return List.copyOf(servers);
        }
    }

    /// End all of them, together, and wait for that. Any thread.
    void stop() {
        List<Thread> stops =
                all().stream().map(server -> Thread.ofVirtual().start(server::stop)).toList();
        try {
            for (Thread stop : stops) {
                stop.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
