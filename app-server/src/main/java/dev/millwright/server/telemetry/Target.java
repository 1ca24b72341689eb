package dev.millwright.server.telemetry;

import dev.millwright.model.AttemptId;
import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The attempt that something is told about. Immutable.
///
/// @param path of its step
/// @param address of its run, such as `default/web#17`
/// @param rootSpanId of its run
public record Target(
        AttemptId attempt,
        RunId run,
        int position,
        int number,
        String path,
        String namespace,
        String address,
        String rootSpanId,
        Instant assignedAt,
        @Nullable Instant finishedAtOrNull) {
    Optional<Instant> finishedAt() {
        return Optional.ofNullable(finishedAtOrNull);
    }
}
