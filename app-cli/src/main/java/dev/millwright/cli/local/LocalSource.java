package dev.millwright.cli.local;

import dev.millwright.cli.launch.Tool;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.plan.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Looks at the repository around a directory, through `git`.
final class LocalSource {
    private final Tool git;
    private final Path root;

    private LocalSource(Path root) {
        this.root = root;
        this.git = Tool.in(root);
    }

    /// The repository with at least one commit; empty when there is none.
    static Optional<LocalSource> find(Path directory) {
        try {
            Tool.Answer answer = Tool.in(directory).ask("git", "rev-parse", "--show-toplevel");
            if (!answer.isGood()) {
                return Optional.empty();
            }
            LocalSource found = new LocalSource(Path.of(answer.out().strip()));
            return found.git.ask("git", "rev-parse", "--verify", "-q", "HEAD").isGood()
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (MillwrightException noGit) {
            return Optional.empty();
        }
    }

    Path root() {
        return root;
    }

    /// Whether something is not committed.
    boolean isDirty() {
        return !answer("git", "status", "--porcelain").isEmpty();
    }

    /// The newest commit, as pipelines see it.
    ///
    /// @param withChanges whether files that are not committed count as changed
    Source source(boolean withChanges) {
        String[] facts =
                git.run("git", "log", "-1", "--format=%H%x00%an%x00%ae%x00%P%x00%B").split("\0", 5);
        String branch = answer("git", "symbolic-ref", "-q", "--short", "HEAD");
        String tag = answer("git", "describe", "--tags", "--exact-match", "HEAD");
        String previous = facts[3].split(" ", 2)[0];
        return new Source(
                root.toUri().toString(),
                facts[0],
                branch.isEmpty() ? null : "refs/heads/" + branch,
                branch,
                branch.isEmpty() ? tag : "",
                previous,
                facts[4].strip(),
                facts[1],
                facts[2],
                changed(previous, withChanges),
                Source.Checkout.DEFAULT);
    }

    private List<String> changed(String previous, boolean withChanges) {
        if (withChanges) {
            List<String> open =
                    answer("git", "-c", "core.quotePath=false", "status", "--porcelain")
                            .lines()
                            .filter(line -> line.length() > 3)
                            .map(line -> line.substring(3).replaceFirst("^.* -> ", ""))
                            .toList();
            if (!open.isEmpty()) {
                return open;
            }
        }
        String list =
                previous.isEmpty()
                        ? answer("git", "-c", "core.quotePath=false", "ls-files")
                        : answer(
                                "git",
                                "-c",
                                "core.quotePath=false",
                                "diff",
                                "--name-only",
                                previous,
                                "HEAD");
        return list.lines().toList();
    }

    private String answer(String... argv) {
        Tool.Answer answer = git.ask(argv);
        return answer.isGood() ? answer.out().stripTrailing() : "";
    }
}
