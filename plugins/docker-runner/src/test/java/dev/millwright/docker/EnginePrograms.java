package dev.millwright.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The programs of a container engine, which are installed where that is possible.
final class EnginePrograms {
    private static final List<String> FOLDERS =
            List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin");
    private static final long PATIENCE_MINUTES = 10;

    private EnginePrograms() {}

    /// Install the packages unless the programs are there. Throws [AssertionError] with what is to
    /// be done where that is not possible.
    static void install(List<String> programs, List<String> packages) {
        if (programs.stream().allMatch(EnginePrograms::isThere)) {
            return;
        }
        Optional<Path> apt = find("apt-get");
        if (apt.isEmpty() || !isRoot()) {
            throw new AssertionError(
                    "the tests need %s: install %s (Debian); an engine that runs already is named by MILLWRIGHT_TEST_ENGINE=unix:///path"
                            .formatted(programs, packages));
        }
        var _ = run(List.of(apt.get().toString(), "-q", "update"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                apt.get().toString(),
                                "-q",
                                "install",
                                "-y",
                                "--no-install-recommends"));
        command.addAll(packages);
        var _ = run(command);
    }

    /// Let go of all file systems below a folder.
    static void unmount(Path folder) {
        try {
            List<String> mounted =
                    Files.readAllLines(Path.of("/proc/mounts")).stream()
                            .map(line -> line.split(" ")[1])
                            .filter(place -> Path.of(place).startsWith(folder))
                            .toList();
            // What was mounted last comes first
            for (String place : mounted.reversed()) {
                var _ = run(List.of(at("umount").toString(), "-l", place));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static boolean isThere(String program) {
        return find(program).isPresent();
    }

    static Path at(String program) {
        return find(program)
                .orElseThrow(() -> new AssertionError("'%s' is not installed".formatted(program)));
    }

    private static Optional<Path> find(String program) {
        return FOLDERS.stream()
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// What it wrote. Throws [AssertionError] with its output when it fails.
    static String run(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
            builder.environment().put("PATH", String.join(":", FOLDERS));
            Process process = builder.start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(
                        "%s failed:\n%s".formatted(String.join(" ", command), output));
            }
            return output;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
