package dev.millwright.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real engine of the test's own, Docker unless it says otherwise, with its data in a new folder,
/// and a tiny image made of BusyBox; or the engine that `MILLWRIGHT_TEST_ENGINE` names.
///
/// Engines end with the JVM.
public final class ContainerEngine implements AutoCloseable {
    /// BusyBox with all its commands and the users `root` and `ci` (1000).
    public static final String IMAGE = "millwright-test:1";

    private static final long START_SECONDS = 60;

    private final String host;
    private final @Nullable Path home;
    private final EngineKind kind;
    private @Nullable Process process;

    private ContainerEngine(String host, @Nullable Path home, EngineKind kind) {
        this.host = host;
        this.home = home;
        this.kind = kind;
    }

    private static final class Shared {
        private static final ContainerEngine ENGINE = make();
    }

    /// The engine that tests share.
    public static ContainerEngine shared() {
        return Shared.ENGINE;
    }

    private static ContainerEngine make() {
        Optional<String> named = Optional.ofNullable(System.getenv("MILLWRIGHT_TEST_ENGINE"));
        ContainerEngine engine =
                named.map(host -> new ContainerEngine(host, null, EngineKind.DOCKER))
                        .orElseGet(() -> create(EngineKind.DOCKER));
        if (named.isPresent()) {
            engine.importImage();
        }
        return engine;
    }

    /// An engine that the test may stop and start.
    static ContainerEngine create(EngineKind kind) {
        EnginePrograms.install(
                List.of("dockerd", "docker", "busybox", "iptables"),
                List.of("docker.io", "busybox-static", "iptables"));
        kind.install();
        if (!EnginePrograms.isRoot()) {
            throw new AssertionError(
                    "only root may start a container engine; name a running one with MILLWRIGHT_TEST_ENGINE=unix:///path");
        }
        try {
            // The path of a socket may have a hundred characters
            Path home = Files.createTempDirectory(Path.of("/tmp"), "mwe");
            ContainerEngine engine = new ContainerEngine("unix://" + home.resolve("s"), home, kind);
            Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
            engine.start();
            engine.importImage();
            return engine;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Its address, for `host` and `DOCKER_HOST`.
    public String host() {
        return host;
    }

    /// Start it, again perhaps, and wait until it answers.
    public void start() {
        Path own = home();
        Path log = own.resolve("log");
        try {
            ProcessBuilder builder = kind.program(own, host);
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            Process started = builder.start();
            process = started;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!answers()) {
                if (System.nanoTime() > deadline || !started.isAlive()) {
                    throw new AssertionError(
                            "the container engine did not start:\n" + Files.readString(log));
                }
                // Until the next look, or its end
                var _ = started.waitFor(50, TimeUnit.MILLISECONDS);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private boolean answers() {
        try {
            var _ = docker("version");
            return true;
        } catch (AssertionError notYet) {
            return false;
        }
    }

    Path home() {
        if (home == null) {
            throw new AssertionError("the test needs an engine of its own");
        }
        return home;
    }

    private void importImage() {
        try {
            Path folder = Files.createTempDirectory("millwright-image");
            Path bin = Files.createDirectories(folder.resolve("bin"));
            for (String one : List.of("etc", "proc", "sys", "dev", "tmp", "root")) {
                Files.createDirectories(folder.resolve(one));
            }
            Path busybox = EnginePrograms.at("busybox");
            Files.copy(busybox, bin.resolve("busybox"));
            for (String command :
                    EnginePrograms.run(List.of(busybox.toString(), "--list")).split("\n")) {
                Path link = bin.resolve(command);
                if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(link, Path.of("busybox"));
                }
            }
            Files.writeString(
                    folder.resolve("etc/passwd"),
                    "root:x:0:0:root:/root:/bin/sh\nci:x:1000:1000::/tmp:/bin/sh\n");
            Path archive = Files.createTempFile("millwright-image", ".tar");
            var _ =
                    EnginePrograms.run(
                            List.of(
                                    "tar",
                                    "--owner=0",
                                    "--group=0",
                                    "-C",
                                    folder.toString(),
                                    "-cf",
                                    archive.toString(),
                                    "."));
            var _ = docker("import", archive.toString(), IMAGE);
            Files.delete(archive);
            delete(folder);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void delete(Path folder) {
        var _ = EnginePrograms.run(List.of("rm", "-rf", "--one-file-system", folder.toString()));
    }

    /// What the command line of Docker answers. Throws [AssertionError] when it fails.
    public String docker(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(EnginePrograms.at("docker").toString(), "--host", host));
        command.addAll(Arrays.asList(arguments));
        return EnginePrograms.run(command).strip();
    }

    /// The names of all containers and networks with that label.
    public List<String> labelled(String label) {
        String filter = "label=" + label;
        return Stream.of(
                        docker("ps", "-a", "--filter", filter, "--format", "{{.Names}}"),
                        docker("network", "ls", "--filter", filter, "--format", "{{.Name}}"))
                .flatMap(String::lines)
                .toList();
    }

    /// Let it go down as on a restart of its service.
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                running.destroyForcibly();
            }
            process = null;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            for (String id : docker("ps", "-aq").lines().toList()) {
                var _ = docker("rm", "-fv", id);
            }
            stop();
            EnginePrograms.unmount(home());
            delete(home());
        }
    }
}
