package dev.millwright.engine.progress;

import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.When;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens when a step's turn has come: its condition is tested, then it begins by its kind.
final class Starting {
    private static final Conditions.Verdict HOLDS = new Conditions.Verdict.Holds();

    private final Board board;
    private final Conditions conditions;

    Starting(Board board, Conditions conditions) {
        this.board = board;
        this.conditions = conditions;
    }

    /// Start a pending step. The condition sees the states of `view`.
    void start(int index, Board.View view) {
        switch (verdict(index, view)) {
            case Conditions.Verdict.Holds _ -> begin(index);
            case Conditions.Verdict.Fails(String why) ->
                    Stopping.skip(board, index, Cause.CONDITION, why);
            case Conditions.Verdict.Broken(String why) -> {
                finish(index, Outcome.ERROR, Cause.CONDITION, why);
                Stopping.skip(board, index, Cause.CONDITION, why);
            }
        }
    }

    private Conditions.Verdict verdict(int index, Board.View view) {
        Step step = board.plan().step(index);
        List<When.Clause> clauses = step.options().when().clauses();
        if (clauses.isEmpty()) {
            return HOLDS;
        }
        boolean looks = clauses.stream().anyMatch(clause -> clause.expressionOrNull() != null);
        return conditions.test(board.plan(), step, looks ? view.get() : board.before());
    }

    private void begin(int index) {
        switch (board.plan().step(index)) {
            case Step.Run _ -> queue(index, board.state(index).attempt() + 1, "");
            case Step.Approve approve -> ask(index, approve);
            case Step.Wait wait -> pause(index, wait);
            case Step.Group _ -> open(index);
        }
    }

    /// Ask for a node for one attempt of a leaf.
    void queue(int index, int attempt, String message) {
        board.move(index, Move.QUEUE, States.queued(board.state(index), attempt, message));
    }

    /// Begin a group, for the first time or again.
    void open(int index) {
        StepState old = board.state(index);
        board.move(
                index,
                Move.BEGIN,
                States.running(
                        old,
                        old.attempt() + 1,
                        board.now(),
                        deadline(board.options(index), board.now())));
    }

    private void ask(int index, Step.Approve approve) {
        String who =
                approve.groups().isEmpty() ? "" : " of " + String.join(" or ", approve.groups());
        block(
                index,
                deadline(approve.options(), board.now()),
                Cause.APPROVAL,
                approve.message().isBlank()
                        ? "Waits for the approval%s.".formatted(who)
                        : "Waits for the approval%s: %s".formatted(who, approve.message()));
    }

    private void pause(int index, Step.Wait wait) {
        if (!wait.time().isPositive()) {
            finish(index, Outcome.SUCCESS, "", "");
            return;
        }
        Instant due = board.now().plus(wait.time());
        Instant deadline = deadline(wait.options(), board.now());
        boolean inTime = deadline == null || !deadline.isBefore(due);
        block(index, inTime ? due : deadline, Cause.WAIT, "Waits until %s.".formatted(due));
    }

    private void block(int index, @Nullable Instant due, String cause, String message) {
        StepState old = board.state(index);
        board.move(
                index,
                Move.BLOCK,
                States.blocked(old, old.attempt() + 1, board.now(), due, cause, message));
    }

    private void finish(int index, Outcome outcome, String cause, String message) {
        board.move(
                index,
                Move.FINISH,
                States.finished(board.state(index), board.now(), outcome, cause, message));
    }

    /// When a step that begins now runs out of time.
    static @Nullable Instant deadline(StepOptions options, Instant start) {
        Duration timeout = options.timeoutOrNull();
        return timeout == null ? null : start.plus(timeout);
    }
}
