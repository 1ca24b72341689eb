package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Make one decision: signals and what follows from them, then deadlines and what follows from
/// them. So an end that is reported in the moment of the deadline is in time. One thread.
final class Settling {
    private static final int ROOT = 0;

    private final Board board;
    private final Starting starting;
    private final Leaves leaves;
    private final Groups groups;
    private @Nullable Outcome outcome;

    Settling(Conditions conditions, Plan plan, RunState state, Instant now) {
        board = new Board(plan, state, now);
        starting = new Starting(board, conditions);
        leaves = new Leaves(board, starting);
        groups = new Groups(board, starting);
    }

    Board board() {
        return board;
    }

    @Nullable Outcome outcome() {
        return outcome;
    }

    void apply(Signal signal) {
        switch (signal) {
            case Signal.Assigned it -> at(it.path(), index -> leaves.assigned(index, it));
            case Signal.NotPlaced it -> at(it.path(), index -> leaves.notPlaced(index, it));
            case Signal.Ended it -> at(it.path(), index -> leaves.ended(index, it));
            case Signal.Lost it -> at(it.path(), index -> leaves.lost(index, it));
            case Signal.NeverStarted it -> at(it.path(), index -> leaves.neverStarted(index, it));
            case Signal.Answered it -> at(it.path(), index -> leaves.answered(index, it));
            case Signal.CancelRequested(String by, String reason, boolean force) ->
                    cancel(Halt.cancelled(by, reason), force);
            case Signal.Admitted _ -> admit();
        }
    }

    private void at(StepPath path, IntConsumer effect) {
        board.plan().find(path).ifPresent(effect::accept);
    }

    private void cancel(Halt halt, boolean force) {
        board.phase(RunPhase.CANCELLING);
        Stopping.stop(board, ROOT, halt, force);
    }

    private void admit() {
        if (board.phase() == RunPhase.BLOCKED) {
            board.phase(RunPhase.RUNNING);
        }
    }

    /// Do what the time asks for and bring every group as far as it goes.
    void settle() {
        if (board.phase() == RunPhase.BLOCKED) {
            return;
        }
        if (board.isPending(ROOT)) {
            starting.start(ROOT, board.view());
        }
        advanceGroups();
        for (int index = 0; index < board.plan().size(); index++) {
            Instant due = board.state(index).dueAtOrNull();
            if (due != null && !due.isAfter(board.now())) {
                due(index);
            }
        }
        advanceGroups();
        if (board.state(ROOT).isFinished()) {
            outcome = runOutcome(board.state(ROOT));
            board.phase(RunPhase.FINISHED);
        }
    }

    private void advanceGroups() {
        for (int group = board.takeUnsettled(); group >= 0; group = board.takeUnsettled()) {
            groups.advance(group);
        }
    }

    private void due(int index) {
        StepState state = board.state(index);
        switch (state.phase()) {
            case DELAYED -> again(index);
            case BLOCKED -> leaves.unblock(index);
            case RUNNING -> timeOut(index);
            case PENDING, QUEUED, CANCELLING, FINISHED -> {}
        }
    }

    private void again(int index) {
        StepState state = board.state(index);
        if (board.plan().step(index) instanceof Step.Group) {
            starting.open(index);
        } else {
            starting.queue(index, state.attempt() + 1, state.message());
        }
    }

    private void timeOut(int index) {
        String message = "It ran out of time.";
        board.move(
                index,
                Move.STOP,
                States.stopping(board.state(index), Outcome.TIMEOUT, Cause.TIMEOUT, message));
        Stopping.stopInside(board, index, Halt.outerTimeout(board.name(index)), false);
    }

    /// A cancelled run never counts as success because its root may fail, nor as skipped.
    private Outcome runOutcome(StepState root) {
        Outcome end = root.outcome().orElse(Outcome.ERROR);
        if (board.phase() == RunPhase.CANCELLING) {
            return end == Outcome.SKIP ? Outcome.CANCELLATION : end;
        }
        return root.isBad() && board.options(ROOT).allowFailure() ? Outcome.SUCCESS : end;
    }
}
