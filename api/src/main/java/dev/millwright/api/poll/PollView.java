package dev.millwright.api.poll;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One poll of a pipeline, and how it stands.
///
/// @param type kind of the trigger that looks, such as `git`
/// @param everyMillis from one look that succeeds to the next
/// @param status `waiting`, `looking`, `failing` or `suspended`
/// @param failures looks in a row that failed
/// @param problem why the last look failed, or why nobody looks; may be empty
/// @param lookedAt the last look, also one that failed
/// @param foundAt the last look that found something new
/// @param nextAt when it looks next; null while it looks or is suspended
public record PollView(
        String namespace,
        String pipeline,
        String name,
        String type,
        long everyMillis,
        String status,
        int failures,
        String problem,
        @Nullable Instant lookedAt,
        @Nullable Instant foundAt,
        @Nullable Instant nextAt) {}
