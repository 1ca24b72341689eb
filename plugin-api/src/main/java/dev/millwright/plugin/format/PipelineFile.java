package dev.millwright.plugin.format;

import dev.millwright.model.Payload;
import dev.millwright.plugin.Stability;
import java.util.Optional;
import java.util.function.Function;

/// A file of a repository at the run's commit. Immutable.
///
/// ```java
/// String text = file.content().text();
/// Optional<Payload> shared = file.other("ci/shared.yml");
/// ```
///
/// @param path from the repository's root
/// @param pipeline the name of the pipeline that is read; empty when a file is only checked
/// @param content at most 256 KiB
/// @param others gives other files of the same commit
@Stability(Stability.Level.EVOLVING)
public record PipelineFile(
        String path, String pipeline, Payload content, Function<String, Optional<Payload>> others) {
    /// Another file of the same commit, by its path from the repository's root; empty when it is
    /// not there or larger than 256 KiB, and after the call of `read` has ended. At most 200 are
    /// given.
    public Optional<Payload> other(String otherPath) {
        return others.apply(otherPath);
    }
}
