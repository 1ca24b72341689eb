package dev.millwright.node.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the full name of a ref on the other side.
final class RemoteRefs {
    private RemoteRefs() {}

    /// @param name full name, branch, tag, or empty for the default branch
    static Optional<String> find(GitCommand git, Path bare, String name) {
        if (name.startsWith("refs/")) {
            return lines(git, bare, List.of(name)).contains(name)
                    ? Optional.of(name)
                    : Optional.empty();
        }
        if (name.isEmpty()) {
            return git.run(bare, "ls-remote", "--symref", "origin", "HEAD")
                    .lines()
                    .filter(line -> line.startsWith("ref: "))
                    .map(line -> line.substring("ref: ".length()).replaceFirst("\\s.*", ""))
                    .findFirst()
                    .or(() -> {
                        throw new GitException("the repository is empty: it has no default branch");
                    });
        }
        List<String> wanted = List.of("refs/heads/" + name, "refs/tags/" + name);
        List<String> found = lines(git, bare, wanted);
        return wanted.stream().filter(found::contains).findFirst();
    }

    private static List<String> lines(GitCommand git, Path bare, List<String> refs) {
        String[] arguments = new String[refs.size() + 2];
        arguments[0] = "ls-remote";
        arguments[1] = "origin";
        for (int i = 0; i < refs.size(); i++) {
            arguments[i + 2] = refs.get(i);
        }
        return git.run(bare, arguments)
                .lines()
                .map(line -> line.substring(line.indexOf('\t') + 1))
                .toList();
    }
}
