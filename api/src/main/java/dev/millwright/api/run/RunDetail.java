package dev.millwright.api.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run with what it was started with.
///
/// @param inputs the bound inputs, as text
/// @param source the repository state it works on; missing for runs without a repository
public record RunDetail(RunSummary run, Map<String, String> inputs, @Nullable SourceView source) {
    public RunDetail {
        inputs = Map.copyOf(inputs);
    }

    /// The repository state of a run.
    ///
    /// @param ref such as `refs/heads/main`; empty when only a commit was asked for
    public record SourceView(
            String url,
            String ref,
            String commit,
            String previousCommit,
            String message,
            String author,
            String authorEmail,
            int changedFiles) {}
}
