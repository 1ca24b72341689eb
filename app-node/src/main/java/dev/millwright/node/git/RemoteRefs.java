package dev.millwright.node.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks the other side where a name points to.
final class RemoteRefs {
    private RemoteRefs() {}

    /// @param ref full name; empty when there is no such branch or tag
    /// @param commit that it points to, tags resolved
    record Found(String ref, String commit) {}

    /// @param name full name, branch, tag, or empty for the default branch
    static Found find(GitCommand git, Path bare, String name) {
        return name.isEmpty() ? defaultBranch(git, bare) : named(git, bare, name);
    }

    private static Found defaultBranch(GitCommand git, Path bare) {
        String ref = "";
        String commit = "";
        for (String line :
                git.run(bare, "ls-remote", "--symref", "origin", "HEAD").lines().toList()) {
            String[] parts = line.split("\\t", 2);
            // A clone also tells of the HEAD of its own origin
            if (parts.length < 2 || !parts[1].equals("HEAD")) {
                continue;
            }
            if (parts[0].startsWith("ref: ")) {
                ref = parts[0].substring("ref: ".length());
            } else {
                commit = parts[0];
            }
        }
        if (commit.isEmpty()) {
            throw new GitException("the repository has no default branch; is it empty?");
        }
        return new Found(ref, commit);
    }

    private static Found named(GitCommand git, Path bare, String name) {
        List<String> wanted =
                name.startsWith("refs/")
                        ? List.of(name)
                        : List.of("refs/heads/" + name, "refs/tags/" + name);
        Map<String, String> found = new TreeMap<>();
        List<String> arguments = new ArrayList<>(List.of("ls-remote", "origin"));
        for (String ref : wanted) {
            arguments.add(ref);
            arguments.add(ref + "^{}");
        }
        git.run(bare, arguments)
                .lines()
                .map(line -> line.split("\\t", 2))
                .forEach(parts -> found.put(parts[1], parts[0]));
        for (String ref : wanted) {
            if (found.containsKey(ref)) {
                return new Found(ref, found.getOrDefault(ref + "^{}", found.getOrDefault(ref, "")));
            }
        }
        return new Found("", "");
    }
}
