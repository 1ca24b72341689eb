package dev.millwright.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millwright.cli.launch.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The Git repository of the demo: a bare one that the server reads, and a clone to work in. One
/// thread.
final class DemoRepository {
    private static final Map<String, String> IDENTITY =
            Map.of(
                    "GIT_AUTHOR_NAME", "Demo",
                    "GIT_AUTHOR_EMAIL", "demo@example.org",
                    "GIT_COMMITTER_NAME", "Demo",
                    "GIT_COMMITTER_EMAIL", "demo@example.org",
                    "GIT_CONFIG_NOSYSTEM", "1",
                    "GIT_CONFIG_GLOBAL", "/dev/null",
                    "GIT_TERMINAL_PROMPT", "0");

    private final Path bare;
    private final Path clone;
    private final Tool git;

    private DemoRepository(Path bare, Path clone) {
        this.bare = bare;
        this.clone = clone;
        this.git = new Tool(clone, IDENTITY);
    }

    /// Make both in a folder; nothing is committed yet.
    static DemoRepository create(Path folder) {
        Path bare = folder.resolve("greeter.git");
        Path clone = folder.resolve("greeter");
        Tool outside = new Tool(folder, IDENTITY);
        outside.run("git", "init", "-q", "--bare", bare.toString());
        outside.run("git", "--git-dir", bare.toString(), "symbolic-ref", "HEAD", "refs/heads/main");
        outside.run("git", "init", "-q", clone.toString());
        DemoRepository repository = new DemoRepository(bare, clone);
        repository.git.run("git", "symbolic-ref", "HEAD", "refs/heads/main");
        repository.git.run("git", "remote", "add", "origin", bare.toString());
        repository.git.run("git", "config", "user.name", "Demo");
        repository.git.run("git", "config", "user.email", "demo@example.org");
        repository.git.run("git", "config", "push.default", "current");
        return repository;
    }

    /// Those that an earlier demo left in a folder; empty when there are none.
    static Optional<DemoRepository> open(Path folder) {
        Path bare = folder.resolve("greeter.git");
        Path clone = folder.resolve("greeter");
        if (!Files.isDirectory(bare) || !Files.isDirectory(clone.resolve(".git"))) {
            return Optional.empty();
        }
        DemoRepository repository = new DemoRepository(bare, clone);
        Tool.Answer newest =
                repository.git.ask("git", "--git-dir", bare.toString(), "rev-parse", "main");
        if (!newest.isGood()) {
            return Optional.empty();
        }
        // The folder may have been moved.
        repository.git.run("git", "remote", "set-url", "origin", bare.toString());
        return Optional.of(repository);
    }

    /// Commit the program with its pipeline and push it; gives the commit.
    ///
    /// @param inContainer whether a step of the pipeline runs in a container
    String pushFirst(boolean inContainer) {
        write("README.md", "README.md", false);
        write("build.sh", "build.sh", true);
        write("greet.sh", "src/greet.sh", true);
        write("millwright.yaml", ".millwright.yaml", false);
        if (inContainer) {
            append("container.yaml", ".millwright.yaml");
        }
        return push("Say hello");
    }

    /// What a forge tells of a push of one commit.
    ///
    /// @param repository where it is cloned from
    /// @param before what the branch held before
    /// @param files that the commit changes
    record Pushed(
            String repository,
            String before,
            String commit,
            String message,
            String author,
            String authorEmail,
            List<String> files) {
        Pushed {
            files = List.copyOf(files);
        }
    }

    /// Change something and push it.
    Pushed pushChange() {
        String before = git.run("git", "rev-parse", "HEAD");
        Path readme = clone.resolve("README.md");
        try {
            Files.writeString(readme, Files.readString(readme) + "\nIt speaks French now.\n");
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        String message = "Greet in French";
        return new Pushed(
                bare.toString(),
                before,
                push(message),
                message,
                IDENTITY.getOrDefault("GIT_AUTHOR_NAME", ""),
                IDENTITY.getOrDefault("GIT_AUTHOR_EMAIL", ""),
                List.of("README.md"));
    }

    private String push(String message) {
        git.run("git", "add", "-A");
        git.run("git", "commit", "-q", "--no-gpg-sign", "-m", message);
        git.run("git", "push", "-q", "origin", "main");
        return git.run("git", "rev-parse", "HEAD");
    }

    /// Let every later push be told to the server, as a hook of any Git host would.
    void installHook(String server, String millwright) {
        try {
            Path hook = bare.resolve("hooks/post-receive");
            Files.createDirectories(bare.resolve("hooks"));
            Files.writeString(
                    hook,
                    resource("post-receive")
                            .replace("@SERVER@", server)
                            .replace("@MILLWRIGHT@", millwright));
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    Path bare() {
        return bare;
    }

    Path workingCopy() {
        return clone;
    }

    private void write(String resource, String file, boolean executable) {
        Path target = clone.resolve(file);
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.writeString(target, resource(resource));
            if (executable) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void append(String resource, String file) {
        try {
            Files.writeString(clone.resolve(file), resource(resource), StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(DemoRepository.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
