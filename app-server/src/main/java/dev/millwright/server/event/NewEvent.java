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

    public Optional<RunId> run() {
        return Optional.ofNullable(runOrNull);
    }
}
