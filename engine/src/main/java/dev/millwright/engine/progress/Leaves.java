package dev.millwright.engine.progress;

import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What signals and deadlines do to single leaves. Signals that do not fit change nothing.
final class Leaves {
    private final Board board;
    private final Starting starting;

    Leaves(Board board, Starting starting) {
        this.board = board;
        this.starting = starting;
    }

    void assigned(int index, Signal.Assigned signal) {
        StepState old = board.state(index);
        if (isAttempt(index, signal.attempt()) && old.phase() == StepPhase.QUEUED) {
            board.move(
                    index,
                    Move.ASSIGN,
                    States.running(
                            old,
                            old.attempt(),
                            board.now(),
                            Starting.deadline(board.options(index), board.now())));
        }
    }

    void notPlaced(int index, Signal.NotPlaced signal) {
        StepState old = board.state(index);
        if (isAttempt(index, signal.attempt()) && old.phase() == StepPhase.QUEUED) {
            board.amend(index, old.withReason(signal.cause(), signal.message()));
        }
    }

    /// The outcome of a leaf that was being stopped is that of the stop, unless it succeeded first.
    void ended(int index, Signal.Ended signal) {
        if (!isAttempt(index, signal.attempt())) {
            return;
        }
        StepState old = board.state(index);
        boolean stopped =
                old.phase() == StepPhase.CANCELLING && signal.outcome() != Outcome.SUCCESS;
        conclude(
                index,
                stopped ? old.outcome().orElse(Outcome.CANCELLATION) : signal.outcome(),
                stopped ? old.cause() : signal.cause(),
                stopped ? old.message() : signal.message(),
                signal.exitCodeOrNull(),
                signal.outputs());
    }

    void lost(int index, Signal.Lost signal) {
        if (!isAttempt(index, signal.attempt())) {
            return;
        }
        StepState old = board.state(index);
        if (board.options(index).onLost() == StepOptions.OnLost.RETRY
                && !Halt.reached(old)
                && !Tries.isExhausted(old.attempt(), retry(index))) {
            repeat(index, "Attempt %d was lost.".formatted(old.attempt()));
        } else {
            conclude(index, Outcome.ERROR, Cause.LOST, signal.message(), null, Map.of());
        }
    }

    void neverStarted(int index, Signal.NeverStarted signal) {
        StepState old = board.state(index);
        if (!isAttempt(index, signal.attempt()) || old.phase() == StepPhase.QUEUED) {
            return;
        }
        if (old.phase() == StepPhase.CANCELLING) {
            Outcome outcome = old.outcome().orElse(Outcome.CANCELLATION);
            conclude(index, outcome, old.cause(), old.message(), null, Map.of());
        } else if (Tries.isExhausted(old.attempt(), retry(index))) {
            String message = "No node started it in %,d attempts.".formatted(Tries.MOST_BLOCKS);
            conclude(index, Outcome.ERROR, Cause.NOT_STARTED, message, null, Map.of());
        } else {
            repeat(index, "Attempt %d did not begin.".formatted(old.attempt()));
        }
    }

    void answered(int index, Signal.Answered signal) {
        if (!(board.plan().step(index) instanceof Step.Approve)
                || board.state(index).phase() != StepPhase.BLOCKED) {
            return;
        }
        String comment = signal.comment().isBlank() ? "." : ": " + signal.comment();
        if (signal.approved()) {
            finish(
                    index,
                    Outcome.SUCCESS,
                    "",
                    "Approved by %s%s".formatted(signal.by(), comment),
                    null,
                    Map.of("approvedBy", signal.by(), "comment", signal.comment()));
        } else {
            String message = "Rejected by %s%s".formatted(signal.by(), comment);
            finish(index, Outcome.FAILURE, Cause.REJECTED, message, null, Map.of());
        }
    }

    /// The time has come for which a blocked leaf waited.
    void unblock(int index) {
        switch (board.plan().step(index)) {
            case Step.Wait wait when isLongEnough(wait) ->
                    finish(index, Outcome.SUCCESS, "", "", null, Map.of());
            case Step.Wait _ ->
                    timedOut(index, "The wait was longer than the timeout of the step.");
            case Step.Approve _ -> timedOut(index, "Nobody answered in time.");
            case Step.Run _, Step.Group _ -> throw new IllegalStateException("not a blocked step");
        }
    }

    private static boolean isLongEnough(Step.Wait wait) {
        Duration timeout = wait.options().timeoutOrNull();
        return timeout == null || timeout.compareTo(wait.time()) >= 0;
    }

    private void timedOut(int index, String message) {
        finish(index, Outcome.TIMEOUT, Cause.TIMEOUT, message, null, Map.of());
    }

    /// Whether the leaf has a live attempt with that number.
    private boolean isAttempt(int index, int attempt) {
        StepState state = board.state(index);
        boolean live =
                switch (state.phase()) {
                    case QUEUED, RUNNING, CANCELLING -> true;
                    case PENDING, DELAYED, BLOCKED, FINISHED -> false;
                };
        return live && state.attempt() == attempt && board.plan().step(index) instanceof Step.Run;
    }

    /// Make the same try again; it does not count against the retries.
    private void repeat(int index, String message) {
        starting.queue(index, Tries.same(board.state(index).attempt(), retry(index)), message);
    }

    private void conclude(
            int index,
            Outcome outcome,
            String cause,
            String message,
            @Nullable Integer exitCode,
            Map<String, String> outputs) {
        StepState old = board.state(index);
        Retry retry = retry(index);
        if (Halt.reached(old) || !Tries.again(old.attempt(), retry, outcome, cause)) {
            finish(index, outcome, cause, message, exitCode, outputs);
        } else if (retry.delay().isPositive()) {
            board.move(
                    index,
                    Move.DELAY,
                    States.delayed(
                            old,
                            board.now(),
                            board.now().plus(retry.delay()),
                            Tries.describe(old.attempt(), retry, outcome, message),
                            exitCode));
        } else {
            starting.queue(
                    index,
                    old.attempt() + 1,
                    Tries.describe(old.attempt(), retry, outcome, message));
        }
    }

    private void finish(
            int index,
            Outcome outcome,
            String cause,
            String message,
            @Nullable Integer exitCode,
            Map<String, String> outputs) {
        board.move(
                index,
                Move.FINISH,
                States.finished(
                        board.state(index),
                        board.now(),
                        outcome,
                        cause,
                        message,
                        exitCode,
                        outputs));
    }

    private Retry retry(int index) {
        return board.options(index).retry();
    }
}
