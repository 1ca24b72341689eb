package dev.millwright.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// PostgreSQL's own programs, for one server: found on this machine, and run as a user without
/// rights, because they refuse to run as root.
///
/// The binaries come from `MILLWRIGHT_TEST_PG_BIN`, else from `pg_config`, else from where Debian
/// has them.
final class PostgresServerPrograms {
    private final Path home;

    /// @param home the server's folder, with its log
    PostgresServerPrograms(Path home) {
        this.home = home;
    }

    /// Give the server's folder to the user its programs run as.
    void ownHome() throws IOException {
        if (isRoot()) {
            UserPrincipalLookupService users = home.getFileSystem().getUserPrincipalLookupService();
            Files.getFileAttributeView(home, PosixFileAttributeView.class)
                    .setOwner(users.lookupPrincipalByName(unprivileged()));
        }
    }

    /// Run a program to its end; throws [IllegalStateException] with what it said when it fails.
    void run(List<String> command) {
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

    /// The path of a program.
    static String bin(String program) {
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
}
