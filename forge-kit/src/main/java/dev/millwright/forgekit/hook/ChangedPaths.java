package dev.millwright.forgekit.hook;

import dev.millwright.model.Globs;
import dev.millwright.plugin.Describe;
import java.util.List;

/// Which changed files count. Immutable. Without globs, all do.
public record ChangedPaths(
        @Describe("Globs; one file at least has to match.") List<String> include,
        @Describe("Globs of files that do not count.") List<String> exclude) {
    public ChangedPaths {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    boolean admit(List<String> changed) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        return changed.stream()
                .filter(file -> !Globs.matchesAny(exclude, file))
                .anyMatch(file -> include.isEmpty() || Globs.matchesAny(include, file));
    }
}
