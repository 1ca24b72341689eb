package dev.millwright.model.event;

import static java.util.Objects.requireNonNull;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tell one fact of the journal, such as `run.finished`; it never changes.
///
/// @param seq its place in the journal of the whole server; grows, with holes
/// @param at when it happened, by the database's clock
/// @param namespace the namespace that it belongs to
/// @param type dotted words, such as `step.started`
/// @param subject what it is about: a resource, a run, or the path of a step
/// @param runOrNull the run that it belongs to, if any
/// @param runSeq its place among the events of that run, from 1; 0 without a run
/// @param data what a reader needs to know beyond that
public record Event(
        long seq,
        Instant at,
        String namespace,
        String type,
        String subject,
        @Nullable RunId runOrNull,
        long runSeq,
        Parameters data) {
    public Event {
        requireNonNull(at, "at is null");
        requireNonNull(namespace, "namespace is null");
        requireNonNull(type, "type is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(data, "data is null");
    }

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }
}
