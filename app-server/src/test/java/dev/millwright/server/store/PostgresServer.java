package dev.millwright.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real PostgreSQL server of its own, in a new directory, on a free port of the loopback address.
///
/// The binaries come from `MILLWRIGHT_TEST_PG_BIN`, else from `pg_config`, else from where Debian
/// has them. Servers end with the JVM.
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "millwright";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path home;
    private final int port;
    private volatile boolean running;

    private PostgresServer(Path home, int port) {
        this.home = home;
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
            PostgresServer server = new PostgresServer(home, freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.initialise();
            server.start();
            return server;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void initialise() throws IOException {
        if (isRoot()) {
            UserPrincipalLookupService users = home.getFileSystem().getUserPrincipalLookupService();
            Files.getFileAttributeView(home, PosixFileAttributeView.class)
                    .setOwner(users.lookupPrincipalByName(unprivileged()));
        }
        Path data = home.resolve("data");
        run(
                List.of(
                        bin("initdb"),
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
        run(
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
        String name = "test" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url(), USER, "");
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return url(name);
    }

    public DatabaseSettings newSettings() {
        return settings(newDatabase());
    }

    public DatabaseSettings settings(String url) {
        return new DatabaseSettings(home, url, USER, "", DatabaseSettings.DEFAULT_POOL_SIZE);
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
            run(List.of("sh", "-c", "kill -%s %s; true".formatted(name, pids)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void control(String... arguments) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(bin("pg_ctl"), "-s", "-D", home.resolve("data").toString()));
        command.addAll(Arrays.asList(arguments));
        run(command);
    }

    @Override
    public synchronized void close() {
        if (running) {
            thaw();
            stop("immediate");
        }
        deleteTree(home);
    }

    private static void deleteTree(Path root) {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            // A temporary directory; the system cleans it up
        }
    }

    private void run(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            String user = unprivileged();
            whole.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + user,
                            "--regid=" + group(user),
                            "--clear-groups"));
        }
        whole.addAll(command);
        try {
            Path output = Files.createTempFile("millwright-pg", ".out");
            Process process =
                    new ProcessBuilder(whole)
                            .directory(home.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended =
                    process.waitFor(Duration.ofSeconds(90).toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException(
                        whole + ": " + Files.readString(output, UTF_8) + serverLog());
            }
            Files.deleteIfExists(output);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private String serverLog() throws IOException {
        Path log = home.resolve("log");
        return Files.exists(log) ? "\n" + Files.readString(log, UTF_8) : "";
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String unprivileged() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd")).stream()
                    .map(line -> line.split(":")[0])
                    .filter(name -> name.equals("postgres"))
                    .findFirst()
                    .orElse("nobody");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String group(String user) {
        return user.equals("nobody") ? "nogroup" : user;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String bin(String program) {
        return Stream.of(
                        Optional.ofNullable(System.getenv("MILLWRIGHT_TEST_PG_BIN")),
                        configured(),
                        newestOfDebian())
                .flatMap(Optional::stream)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no PostgreSQL server found; install one or set MILLWRIGHT_TEST_PG_BIN to the folder of "
                                        + program))
                .toString();
    }

    private static Optional<String> configured() {
        try {
            Process process = new ProcessBuilder("pg_config", "--bindir").start();
            return Optional.of(new String(process.getInputStream().readAllBytes(), UTF_8).strip());
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    private static Optional<String> newestOfDebian() {
        Path root = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(root)) {
            return versions.sorted(java.util.Comparator.reverseOrder())
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .map(Path::toString)
                    .findFirst();
        } catch (IOException failed) {
            return Optional.empty();
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = create();
    }
}
