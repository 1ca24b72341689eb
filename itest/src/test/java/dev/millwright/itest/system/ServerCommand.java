package dev.millwright.itest.system;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// How the process of a server or an agent is started: the JVM, its class path, and a start-up
/// cache that is made once for all tests and takes more than half of the time off each of their
/// many starts.
final class ServerCommand {
    /// Most servers of tests live for seconds: what takes the processor for speed that comes later
    /// is left out, also compiling at once what was often called in the rehearsal.
    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTReplayTraining",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final String SERVER = "dev.millwright.server.ServerMain";
    private static final String CLIENT = "dev.millwright.cli.CliMain";

    private ServerCommand() {}

    private static final class Cached {
        private static final List<String> JAVA = make();
    }

    static List<String> of(List<String> arguments) {
        return of(SERVER, arguments);
    }

    /// The command line of users, which is also the agent.
    static List<String> client(List<String> arguments) {
        return of(CLIENT, arguments);
    }

    private static List<String> of(String main, List<String> arguments) {
        List<String> command = new ArrayList<>(Cached.JAVA);
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    private static List<String> make() {
        try {
            Path folder = Files.createTempDirectory("millwright-start");
            Path cache = folder.resolve("server.aot");
            String classPath = jars(folder);
            Process rehearsal = rehearse(folder, cache, classPath);
            if (!rehearsal.waitFor(2, TimeUnit.MINUTES) || rehearsal.exitValue() != 0) {
                rehearsal.destroyForcibly();
                throw new AssertionError(Files.readString(folder.resolve("log")));
            }
            return java(List.of("-XX:AOTCache=" + cache), classPath);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private static Process rehearse(Path folder, Path cache, String classPath) throws IOException {
        List<String> command = java(List.of("-XX:AOTCacheOutput=" + cache), classPath);
        command.addAll(List.of(SERVER, "--data-dir=" + folder.resolve("data"), "--port=0"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MILLWRIGHT_REHEARSAL", "true");
        builder.redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        return builder.start();
    }

    private static List<String> java(List<String> flags, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    /// The class path of the tests, with a jar in the place of each directory: caches want jars.
    private static String jars(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                entries.add(pack(path, folder.resolve(entries.size() + ".jar")).toString());
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static Path pack(Path directory, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(directory)) {
            // Directories too: migrations are looked for by theirs
            for (Path file : files.filter(path -> !path.equals(directory)).sorted().toList()) {
                boolean folder = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(directory.relativize(file) + (folder ? "/" : "")));
                if (!folder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
        return jar;
    }
}
