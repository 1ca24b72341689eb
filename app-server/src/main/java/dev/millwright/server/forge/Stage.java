package dev.millwright.server.forge;

import dev.millwright.server.event.NewEvent;
import dev.millwright.server.run.RunRecord;
import java.util.Optional;

/// How far a run has come, as forges are told.
enum Stage {
    QUEUED,
    STARTED,
    FINISHED;

    static Optional<Stage> of(NewEvent event) {
        return switch (event.type()) {
            case "run.queued" -> Optional.of(QUEUED);
            case "run.started" -> Optional.of(STARTED);
            case "run.finished" -> Optional.of(FINISHED);
            default -> Optional.empty();
        };
    }

    /// Whether the run has come further since; then a later letter tells of that.
    boolean isBefore(RunRecord run) {
        Stage now = run.isFinished() ? FINISHED : run.startedAt().isPresent() ? STARTED : QUEUED;
        return compareTo(now) < 0;
    }
}
