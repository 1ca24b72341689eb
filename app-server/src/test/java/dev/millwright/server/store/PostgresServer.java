package dev.millwright.server.store;

import dev.millwright.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real PostgreSQL server of its own, in a new directory, on a free port of the loopback address.
///
/// Servers end with the JVM.
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "millwright";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path home;
    private final PostgresServerPrograms programs;
    private final int port;
    private volatile boolean running;

    private PostgresServer(Path home, int port) {
        this.home = home;
        this.programs = new PostgresServerPrograms(home);
        this.port = port;
    }

    /// The server that tests share, each with a database of its own.
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /// A server that the test may stop, freeze and restart.
    public static PostgresServer create() {
        try {
            Path home = Files.createTempDirectory("millwright-pg");
            PostgresServer server = new PostgresServer(home, Ports.free());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.initialise();
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void initialise() throws IOException {
        programs.ownHome();
        Path data = home.resolve("data");
        programs.run(
                List.of(
                        PostgresServerPrograms.bin("initdb"),
                        "-D",
                        data.toString(),
                        "-U",
                        USER,
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--no-sync"));
        String settings =
                """
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                shared_buffers = 64MB
                max_connections = 200
                log_min_messages = warning
                """
                        .formatted(port);
        Path extra = home.resolve("extra.conf");
        Files.writeString(extra, settings);
        Files.setPosixFilePermissions(
                extra, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        programs.run(
                List.of(
                        "sh",
                        "-c",
                        "echo \"include '%s'\" >> %s/postgresql.conf".formatted(extra, data)));
    }

    /// The address of the database `postgres`.
    public String url() {
        return url("postgres");
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    public String user() {
        return USER;
    }

    public int port() {
        return port;
    }

    /// The address of a new, empty database.
    public String newDatabase() {
        return copyOf("template1");
    }

    /// The address of a new database that has what another one has, which nobody may be using.
    ///
    /// @param database its name
    String copyOf(String database) {
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(), USER, "");
                var statement = connection.createStatement()) {
            statement.execute("create database %s template %s".formatted(name, database));
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return url(name);
    }

    /// A new, empty database.
    public DatabaseSettings newSettings() {
        return settings(newDatabase());
    }

    public DatabaseSettings settings(String url) {
        return DatabaseSettings.server(home, url, USER, "");
    }

    public synchronized void start() {
        control("-l", home.resolve("log").toString(), "-w", "-t", "60", "start");
        running = true;
    }

    /// Stop the server.
    ///
    /// @param mode `fast`, or `immediate` for a crash
    public synchronized void stop(String mode) {
        control("-m", mode, "-w", "stop");
        running = false;
    }

    /// Leave nobody a connection, until the result is closed.
    public TakenConnections takeAllConnections() {
        return TakenConnections.of(this);
    }

    /// Stop all of its processes in their tracks, until [#thaw].
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            String main = Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst();
            ProcessHandle server = ProcessHandle.of(Long.parseLong(main)).orElseThrow();
            String pids =
                    String.join(
                            " ",
                            Stream.concat(Stream.of(server), server.descendants())
                                    .map(process -> String.valueOf(process.pid()))
                                    .toList());
            programs.run(List.of("sh", "-c", "kill -%s %s; true".formatted(name, pids)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void control(String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        PostgresServerPrograms.bin("pg_ctl"),
                        "-s",
                        "-D",
                        home.resolve("data").toString()));
        command.addAll(Arrays.asList(arguments));
        programs.run(command);
    }

    @Override
    public synchronized void close() {
        if (running) {
            thaw();
            stop("immediate");
        }
        deleteTree(home);
    }

    static void deleteTree(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // A temporary directory; the system cleans it up
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = create();
    }
}
