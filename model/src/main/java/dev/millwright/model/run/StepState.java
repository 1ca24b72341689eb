package dev.millwright.model.run;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How far one step has come. Immutable; the `with` methods give changed copies.
///
/// @param phase how far it has come
/// @param outcomeOrNull set when the phase is `FINISHED`; while `CANCELLING` the outcome it will
///   get
/// @param attempt number of the current or last try, from 1; 0 before the first
/// @param startedAtOrNull start of the first try
/// @param finishedAtOrNull end of the last try
/// @param dueAtOrNull when the step has to be looked at again: end of a delay, or its deadline
/// @param cause one word for the reason of the outcome or of the waiting, such as `exit`, `lost`,
///   `log-limit`, `condition`, `approval`, `no-node`; empty when there is nothing to say
/// @param message one sentence for people; may be empty
/// @param exitCodeOrNull of the last try, for processes and containers
/// @param outputs published values
/// @param carried whether the state was taken over from the run that this one repeats
public record StepState(
        StepPhase phase,
        @Nullable Outcome outcomeOrNull,
        int attempt,
        @Nullable Instant startedAtOrNull,
        @Nullable Instant finishedAtOrNull,
        @Nullable Instant dueAtOrNull,
        String cause,
        String message,
        @Nullable Integer exitCodeOrNull,
        Map<String, String> outputs,
        boolean carried) {

    /// The cause of the waiting when no node could ever take the step, as they are.
    public static final String NO_NODE = "no-node";

    /// The cause of the waiting when a node takes the step as soon as a slot is free there.
    public static final String BUSY = "busy";

    /// The cause of the waiting when the nodes that could take the step take nothing now.
    public static final String NODE = "node";

    /// Nothing has happened yet.
    public static final StepState PENDING =
            new StepState(
                    StepPhase.PENDING, null, 0, null, null, null, "", "", null, Map.of(), false);

    public StepState {
        outputs = Map.copyOf(outputs);
    }

    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcomeOrNull);
    }

    public boolean isFinished() {
        return phase == StepPhase.FINISHED;
    }

    /// Finished with a bad outcome, allowed or not.
    public boolean isBad() {
        return isFinished() && outcomeOrNull != null && outcomeOrNull.isBad();
    }

    /// Whether it can be told what its last try took: not before the first one, and not between two
    /// of them.
    public boolean isTimed() {
        return startedAtOrNull != null && phase != StepPhase.DELAYED && phase != StepPhase.QUEUED;
    }

    public StepState withPhase(StepPhase next) {
        return new StepState(
                next,
                outcomeOrNull,
                attempt,
                startedAtOrNull,
                finishedAtOrNull,
                dueAtOrNull,
                cause,
                message,
                exitCodeOrNull,
                outputs,
                carried);
    }

    public StepState withDueAt(@Nullable Instant due) {
        return new StepState(
                phase,
                outcomeOrNull,
                attempt,
                startedAtOrNull,
                finishedAtOrNull,
                due,
                cause,
                message,
                exitCodeOrNull,
                outputs,
                carried);
    }

    public StepState withReason(String newCause, String newMessage) {
        return new StepState(
                phase,
                outcomeOrNull,
                attempt,
                startedAtOrNull,
                finishedAtOrNull,
                dueAtOrNull,
                newCause,
                newMessage,
                exitCodeOrNull,
                outputs,
                carried);
    }
}
