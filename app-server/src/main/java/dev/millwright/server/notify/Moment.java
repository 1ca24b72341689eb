package dev.millwright.server.notify;

import dev.millwright.model.run.Outcome;
import dev.millwright.plugin.notify.Notification.Change;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.run.RunRecord;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/// When there may be something to tell of a run.
enum Moment {
    STARTED,
    WAITING,
    FINISHED;

    static Optional<Moment> of(NewEvent event) {
        return switch (event.type()) {
            case "run.started" -> Optional.of(STARTED);
            case "step.blocked" ->
                    event.data().text("cause").filter("approval"::equals).map(_ -> WAITING);
            case "run.finished" -> Optional.of(FINISHED);
            default -> Optional.empty();
        };
    }

    /// What the event may turn out to be: which of it, only the runs before tell.
    Set<Change> possible(NewEvent event) {
        return switch (this) {
            case STARTED -> Set.of(Change.STARTED);
            case WAITING -> Set.of(Change.WAITING);
            case FINISHED ->
                    event.data()
                            .text("outcome")
                            .flatMap(Moment::outcome)
                            .map(Moment::endings)
                            .orElse(Set.of());
        };
    }

    private static Optional<Outcome> outcome(String word) {
        return Arrays.stream(Outcome.values()).filter(one -> one.word().equals(word)).findFirst();
    }

    private static Set<Change> endings(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> Set.of(Change.SUCCEEDED, Change.FIXED);
            case FAILURE, TIMEOUT, ERROR -> Set.of(Change.BROKEN, Change.STILL_BROKEN);
            case CANCELLATION -> Set.of(Change.CANCELLED);
            case SKIP -> Set.of();
        };
    }

    /// What is new about the run, if anything.
    ///
    /// @param previous what it is compared with
    Optional<Change> change(RunRecord run, Optional<RunRecord> previous) {
        return switch (this) {
            case STARTED -> Optional.of(Change.STARTED);
            case WAITING -> Optional.of(Change.WAITING);
            case FINISHED -> run.outcome().flatMap(outcome -> ending(outcome, previous));
        };
    }

    private static Optional<Change> ending(Outcome outcome, Optional<RunRecord> previous) {
        boolean wasBad = previous.flatMap(RunRecord::outcome).filter(Outcome::isBad).isPresent();
        return switch (outcome) {
            case SUCCESS -> Optional.of(wasBad ? Change.FIXED : Change.SUCCEEDED);
            case FAILURE, TIMEOUT, ERROR ->
                    Optional.of(wasBad ? Change.STILL_BROKEN : Change.BROKEN);
            case CANCELLATION -> Optional.of(Change.CANCELLED);
            case SKIP -> Optional.empty();
        };
    }
}
