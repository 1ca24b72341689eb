package dev.millwright.node.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The program git, as somebody who works with repositories uses it.
public final class TestGit {
    private TestGit() {}

    /// Run it in a folder.
    ///
    /// @return what it printed
    /// @throws AssertionError when it fails
    public static String git(Path where, String... arguments) {
        return read(where, Path.of("/dev/null"), arguments);
    }

    /// The same, and it reads a file.
    static String read(Path where, Path file, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=Test",
                                "-c",
                                "user.email=test@example.org",
                                "-c",
                                "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(where.toFile())
                            .redirectInput(file.toFile())
                            .redirectErrorStream(true)
                            .start();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor()).as("%s: %s", command, out).isZero();
            return out;
        } catch (IOException broken) {
            throw new AssertionError(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /// Make an empty repository with the branch `main`.
    public static void init(Path repository) {
        git(
                repository.toAbsolutePath().getParent(),
                "init",
                "-q",
                "-b",
                "main",
                repository.toString());
    }

    /// Commit everything, with this text in the file `file`.
    ///
    /// @return the commit
    public static String commit(Path repository, String text) {
        try {
            Files.writeString(repository.resolve("file"), text);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        git(repository, "add", "-A");
        git(repository, "commit", "-q", "-m", text);
        return git(repository, "rev-parse", "HEAD");
    }
}
