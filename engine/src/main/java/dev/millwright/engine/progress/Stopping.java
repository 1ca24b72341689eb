package dev.millwright.engine.progress;

import dev.millwright.model.plan.Step;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepState;

/// Stop steps from outside: whatever has not begun is skipped, what runs is told to stop. The
/// ensure and teardown steps of groups that have begun are spared, so that they still run.
final class Stopping {
    private Stopping() {}

    /// Stop a step and what is inside it.
    ///
    /// @param everything whether ensure and teardown steps are stopped too
    static void stop(Board board, int top, Halt halt, boolean everything) {
        if (halt(board, top, halt)) {
            stopInside(board, top, halt, everything);
        }
    }

    /// Stop what is inside a group that has begun, but not the group.
    static void stopInside(Board board, int group, Halt halt, boolean everything) {
        int end = board.plan().endOf(group);
        int index = group + 1;
        while (index < end) {
            board.visit();
            boolean spared = !everything && board.role(index).isAlways();
            boolean inside = !spared && halt(board, index, halt);
            index = inside ? index + 1 : board.plan().endOf(index);
        }
    }

    /// Stop one step; true when the steps inside it have to be stopped, too.
    private static boolean halt(Board board, int index, Halt halt) {
        StepState state = board.state(index);
        return switch (state.phase()) {
            case FINISHED -> false;
            case PENDING -> {
                skip(board, index, halt.cause(), halt.message());
                yield false;
            }
            case DELAYED, QUEUED, BLOCKED -> {
                board.move(
                        index,
                        Move.FINISH,
                        States.finished(
                                state, board.now(), halt.outcome(), halt.cause(), halt.message()));
                skip(board, index, halt.cause(), halt.message());
                yield false;
            }
            case RUNNING -> {
                mark(board, index, halt.outcome(), halt);
                yield board.plan().step(index) instanceof Step.Group;
            }
            case CANCELLING -> {
                if (!Halt.reached(state)) {
                    mark(board, index, state.outcome().orElse(halt.outcome()), halt);
                }
                yield board.plan().step(index) instanceof Step.Group;
            }
        };
    }

    private static void mark(Board board, int index, Outcome outcome, Halt halt) {
        board.move(
                index,
                Move.STOP,
                States.stopping(board.state(index), outcome, halt.cause(), halt.message()));
    }

    /// Skip all of a subtree that is still pending.
    static void skip(Board board, int top, String cause, String message) {
        for (int index = top; index < board.plan().endOf(top); index++) {
            board.visit();
            if (board.isPending(index)) {
                board.move(
                        index,
                        Move.FINISH,
                        States.finished(
                                board.state(index), board.now(), Outcome.SKIP, cause, message));
            }
        }
    }
}
