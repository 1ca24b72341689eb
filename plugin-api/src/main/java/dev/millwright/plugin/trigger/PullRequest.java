package dev.millwright.plugin.trigger;

import dev.millwright.plugin.Stability;
import java.util.List;

/// A pull (or merge) request. Immutable. Texts that are not known are empty.
///
/// ```java
/// new PullRequest(17, "Fix the gate", "fix-gate", "main", forkUrl, List.of("bug"), false, true);
/// ```
///
/// @param number as people say it
/// @param sourceBranch short name, in the source repository
/// @param targetBranch short name
/// @param sourceRepository where the source is cloned from
/// @param draft whether its author says that it is not ready
/// @param fork whether the source is another repository than the target
@Stability(Stability.Level.EVOLVING)
public record PullRequest(
        long number,
        String title,
        String sourceBranch,
        String targetBranch,
        String sourceRepository,
        List<String> labels,
        boolean draft,
        boolean fork) {
    public PullRequest {
        labels = List.copyOf(labels);
    }
}
