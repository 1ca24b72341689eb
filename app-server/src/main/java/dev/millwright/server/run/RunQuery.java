package dev.millwright.server.run;

import dev.millwright.model.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which runs to list, newest first. Null means any.
///
/// @param statusOrNull `blocked`, `running`, `cancelling`, or an outcome's word
/// @param beforeOrNull list only runs older than this one: the cursor
/// @param limit at most this many
public record RunQuery(
        @Nullable String namespaceOrNull,
        @Nullable String pipelineOrNull,
        @Nullable String statusOrNull,
        @Nullable String branchOrNull,
        @Nullable Long numberOrNull,
        @Nullable RunId beforeOrNull,
        int limit) {
    /// Runs of every pipeline of one namespace.
    public static RunQuery of(String namespace, int limit) {
        return new RunQuery(namespace, null, null, null, null, null, limit);
    }

    public Optional<RunId> before() {
        return Optional.ofNullable(beforeOrNull);
    }
}
