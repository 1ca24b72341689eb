package dev.millwright.server.poll;

import dev.millwright.server.resource.PipelineSpec.Poll;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a poll of a pipeline stands.
///
/// @param nextAt when it looks next; before now for one that waits for a free place
/// @param looking whether a server looks at this moment
/// @param failures in a row
/// @param problem what is wrong since the last look that succeeded; may be empty
/// @param lookedAtOrNull the last look that came to its end, also one that failed
/// @param foundAtOrNull the last look that found something
public record PollStatus(
        String namespace,
        String pipeline,
        Poll poll,
        boolean suspended,
        Instant nextAt,
        boolean looking,
        int failures,
        String problem,
        @Nullable Instant lookedAtOrNull,
        @Nullable Instant foundAtOrNull) {

    static PollStatus of(WrittenPoll written, PollRow row) {
        return new PollStatus(
                row.namespace(),
                row.pipeline(),
                written.poll(),
                written.suspended(),
                row.nextAt(),
                row.claim() != null,
                row.failures(),
                row.problem(),
                row.lookedAt(),
                row.foundAt());
    }

    PollStatus with(String found) {
        return new PollStatus(
                namespace,
                pipeline,
                poll,
                suspended,
                nextAt,
                looking,
                failures,
                found,
                lookedAtOrNull,
                foundAtOrNull);
    }

    public Optional<Instant> lookedAt() {
        return Optional.ofNullable(lookedAtOrNull);
    }

    public Optional<Instant> foundAt() {
        return Optional.ofNullable(foundAtOrNull);
    }
}
