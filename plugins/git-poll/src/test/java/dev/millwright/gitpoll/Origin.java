package dev.millwright.gitpoll;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A bare repository that Git's own programs made and change.
final class Origin {
    private final Path folder;
    private int commits;

    private Origin(Path folder) {
        this.folder = folder;
    }

    /// An empty one.
    static Origin create(Path folder) {
        Origin origin = new Origin(folder);
        origin.git("init", "-q", "--bare", "-b", "main", folder.toString());
        return origin;
    }

    Path folder() {
        return folder;
    }

    /// Give the branch a commit on top of what it holds. Gives the hash.
    String commit(String branch) {
        String ref = "refs/heads/" + branch;
        String parent = git("for-each-ref", "--format=%(objectname)", ref);
        return commit(ref, parent.isEmpty() ? List.of() : List.of("-p", parent));
    }

    /// Give the branch a commit that has nothing to do with what it held.
    String force(String branch) {
        return commit("refs/heads/" + branch, List.of());
    }

    private String commit(String ref, List<String> parents) {
        commits++;
        List<String> command =
                new ArrayList<>(List.of("commit-tree", git("mktree"), "-m", "change " + commits));
        command.addAll(parents);
        String commit = git(command.toArray(String[]::new));
        git("update-ref", ref, commit);
        return commit;
    }

    void delete(String ref) {
        git("update-ref", "-d", ref);
    }

    /// What git says, without the line's end.
    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        if (!arguments[0].equals("init")) {
            command.addAll(List.of("--git-dir", folder.toString()));
        }
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment()
                    .putAll(
                            Map.of(
                                    "GIT_AUTHOR_NAME", "Ada",
                                    "GIT_AUTHOR_EMAIL", "ada@example.org",
                                    "GIT_COMMITTER_NAME", "Ada",
                                    "GIT_COMMITTER_EMAIL", "ada@example.org"));
            Process git = builder.start();
            git.getOutputStream().close();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
            if (git.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
            return said;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
