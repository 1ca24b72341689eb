package dev.millwright.server.event;

import dev.millwright.model.Parameters;
import dev.millwright.model.RunId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Say what is to be written into the journal; the journal adds its place and the time.
///
/// @param runOrNull the run that it belongs to, if any
/// @param runSeq its place among that run's events, from 1; 0 without a run
public record NewEvent(
        String namespace,
        String type,
        String subject,
        @Nullable RunId runOrNull,
        long runSeq,
        Parameters data) {

    /// An event of a run.
    public static NewEvent of(
            String namespace,
            String type,
            String subject,
            RunId run,
            long runSeq,
            Parameters data) {
        return new NewEvent(namespace, type, subject, run, runSeq, data);
    }

    /// An event that belongs to no run.
    public static NewEvent of(String namespace, String type, String subject, Parameters data) {
        return new NewEvent(namespace, type, subject, null, 0, data);
    }

    /// The pipeline of an event of a run, whose subject is such as `default/web#17` or
    /// `default/web#17/0/1`.
    public String pipeline() {
        return subject.substring(namespace.length() + 1, subject.indexOf('#'));
    }

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }
}
