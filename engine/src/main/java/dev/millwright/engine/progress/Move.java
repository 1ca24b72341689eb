package dev.millwright.engine.progress;

import dev.millwright.model.run.StepPhase;
import java.util.Optional;
import java.util.Set;

/// Every way in which a step may change its phase. This is the whole transition table: a move leads
/// to one phase and is open from the listed ones only.
@SuppressWarnings("ImmutableEnumChecker") // the set is made by Set.of
enum Move {
    /// A group's turn has come, for the first time or again.
    BEGIN(
            StepPhase.RUNNING,
            StepPhase.PENDING,
            StepPhase.DELAYED,
            StepPhase.RUNNING,
            StepPhase.CANCELLING),
    /// A leaf wants a node, for the first time or again.
    QUEUE(
            StepPhase.QUEUED,
            StepPhase.PENDING,
            StepPhase.DELAYED,
            StepPhase.QUEUED,
            StepPhase.RUNNING,
            StepPhase.CANCELLING),
    /// An approval or a wait begins.
    BLOCK(StepPhase.BLOCKED, StepPhase.PENDING),
    /// A node took the leaf.
    ASSIGN(StepPhase.RUNNING, StepPhase.QUEUED),
    /// The next try comes after a pause.
    DELAY(StepPhase.DELAYED, StepPhase.QUEUED, StepPhase.RUNNING, StepPhase.CANCELLING),
    /// Told to stop, or told again for another reason.
    STOP(StepPhase.CANCELLING, StepPhase.RUNNING, StepPhase.CANCELLING),
    /// The end of the step.
    FINISH(
            StepPhase.FINISHED,
            StepPhase.PENDING,
            StepPhase.DELAYED,
            StepPhase.QUEUED,
            StepPhase.BLOCKED,
            StepPhase.RUNNING,
            StepPhase.CANCELLING),
    /// The enclosing group is tried again.
    RESET(StepPhase.PENDING, StepPhase.FINISHED);

    private final StepPhase to;
    private final Set<StepPhase> from;

    Move(StepPhase to, StepPhase... from) {
        this.to = to;
        this.from = Set.of(from);
    }

    /// The phase after the move; empty when the move is not open from there.
    Optional<StepPhase> from(StepPhase phase) {
        return from.contains(phase) ? Optional.of(to) : Optional.empty();
    }
}
