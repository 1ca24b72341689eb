package dev.millwright.engine.progress;

import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;

/// Bring a group on: setup, body by its kind, ensure, teardown, end. How far it is follows from its
/// children alone, so it may be looked at at any time.
final class Groups {
    private final Board board;
    private final Starting starting;

    Groups(Board board, Starting starting) {
        this.board = board;
        this.starting = starting;
    }

    /// Take the group as far as it goes without looking inside its children.
    void advance(int group) {
        StepPhase phase = board.state(group).phase();
        if (phase != StepPhase.RUNNING && phase != StepPhase.CANCELLING) {
            return;
        }
        board.visit();
        Children children = board.children(group);
        if (!setup(children) || !body(group, children)) {
            return;
        }
        if (board.state(group).dueAtOrNull() != null) {
            board.amend(group, board.state(group).withDueAt(null));
        }
        if (inOrder(children, Role.ENSURE) && inOrder(children, Role.TEARDOWN)) {
            end(group, children);
        }
    }

    private boolean setup(Children children) {
        boolean done = untilBad(children, Role.SETUP, Cause.SETUP, "The setup step '%s' went bad.");
        if (done && children.isBad(Role.SETUP) && children.pending(Role.BODY) > 0) {
            String name = board.name(children.firstBad(Role.SETUP));
            String message = "The setup step '%s' went bad.".formatted(name);
            for (int child : children.members(Role.BODY)) {
                Stopping.skip(board, child, Cause.SETUP, message);
            }
        }
        return done;
    }

    private boolean body(int group, Children children) {
        return switch (board.plan().step(group)) {
            case Step.Sequence _ ->
                    untilBad(
                            children,
                            Role.BODY,
                            Cause.EARLIER_FAILURE,
                            "The earlier step '%s' went bad.");
            case Step.Parallel parallel ->
                    sideBySide(children, parallel.maxInFlight(), parallel.failFast());
            case Step.Matrix matrix ->
                    sideBySide(children, matrix.maxInFlight(), matrix.failFast());
            case Step.Leaf _ -> throw new IllegalStateException("a leaf has no body");
        };
    }

    /// One child after the other until one goes bad; the others are skipped then.
    private boolean untilBad(Children children, Role role, String cause, String message) {
        int child = children.firstUnfinished(role);
        while (child >= 0 && board.isPending(child)) {
            if (children.isBad(role)) {
                skipPending(
                        children,
                        role,
                        cause,
                        message.formatted(board.name(children.firstBad(role))));
            } else {
                starting.start(child, board.view());
            }
            child = children.firstUnfinished(role);
        }
        return child < 0;
    }

    private void skipPending(Children children, Role role, String cause, String message) {
        for (int child = children.firstPending(role);
                child >= 0;
                child = children.firstPending(role)) {
            Stopping.skip(board, child, cause, message);
        }
    }

    /// One child after the other, whatever becomes of them.
    private boolean inOrder(Children children, Role role) {
        int child = children.firstUnfinished(role);
        while (child >= 0 && board.isPending(child)) {
            starting.start(child, board.view());
            child = children.firstUnfinished(role);
        }
        return child < 0;
    }

    private boolean sideBySide(Children children, int maxInFlight, boolean failFast) {
        Board.View view = board.view();
        while (children.pending(Role.BODY) > 0
                && (maxInFlight == 0 || children.active(Role.BODY) < maxInFlight)
                && !(failFast && children.isBad(Role.BODY))) {
            starting.start(children.firstPending(Role.BODY), view);
        }
        if (failFast && children.isBad(Role.BODY) && !children.isDone(Role.BODY)) {
            Halt halt = Halt.failFast(board.name(children.firstBad(Role.BODY)));
            for (int child : children.members(Role.BODY)) {
                Stopping.stop(board, child, halt, false);
            }
        }
        return children.isDone(Role.BODY);
    }

    private void end(int group, Children children) {
        StepState old = board.state(group);
        Verdict verdict = verdict(group, children);
        Outcome floor = old.outcome().orElse(Outcome.SKIP);
        boolean stopped =
                old.phase() == StepPhase.CANCELLING && floor.worse(verdict.outcome()) == floor;
        Outcome outcome = stopped ? floor : verdict.outcome();
        String cause = stopped ? old.cause() : verdict.cause();
        String message = stopped ? old.message() : verdict.message();
        Retry retry = board.options(group).retry();
        if (!Halt.reached(old)
                && Tries.again(old.attempt(), retry, outcome, cause)
                && mayRepeat(group, retry)) {
            repeat(group, Tries.describe(old.attempt(), retry, outcome, message));
        } else {
            board.move(
                    group, Move.FINISH, States.finished(old, board.now(), outcome, cause, message));
        }
    }

    private record Verdict(Outcome outcome, String cause, String message) {}

    /// The worst of the children, allowed failures apart.
    private Verdict verdict(int group, Children children) {
        Outcome worst = children.isEmpty() ? Outcome.SUCCESS : Outcome.SKIP;
        int culprit = -1;
        String cause = Cause.STEP;
        for (int child = group + 1;
                child < board.plan().endOf(group);
                child = board.plan().endOf(child)) {
            board.visit();
            StepState state = board.state(child);
            boolean bad = board.isBad(child, state);
            Outcome counts =
                    state.isBad() && !bad
                            ? Outcome.SUCCESS
                            : state.outcome().orElse(Outcome.SUCCESS);
            cause = bad ? weightier(cause, state.cause()) : cause;
            if (worst.worse(counts) != worst) {
                worst = counts;
                culprit = child;
            }
        }
        return worst.isBad() && culprit >= 0
                ? new Verdict(
                        worst,
                        cause,
                        "Step '%s' ended with %s.".formatted(board.name(culprit), worst.word()))
                : new Verdict(worst, "", "");
    }

    /// What decides about another try stays visible from inside out: a broken condition forbids it,
    /// a lost attempt needs a policy that allows it.
    private static String weightier(String known, String other) {
        boolean weighty =
                other.equals(Cause.CONDITION)
                        || (other.equals(Cause.LOST) && !known.equals(Cause.CONDITION));
        return weighty ? other : known;
    }

    /// Leaves whose end is unknown are run again only by a policy that says so.
    private boolean mayRepeat(int group, Retry retry) {
        if (retry.on().contains(Retry.Cause.LOST)) {
            return true;
        }
        for (int index = group + 1; index < board.plan().endOf(group); index++) {
            board.visit();
            StepState state = board.state(index);
            if (!state.carried() && state.cause().equals(Cause.LOST)) {
                return false;
            }
        }
        return true;
    }

    private void repeat(int group, String message) {
        StepState old = board.state(group);
        Retry retry = board.options(group).retry();
        reset(group);
        if (retry.delay().isPositive()) {
            board.move(
                    group,
                    Move.DELAY,
                    States.delayed(
                            old, board.now(), board.now().plus(retry.delay()), message, null));
        } else {
            starting.open(group);
        }
    }

    /// Make everything inside pending again, apart from what a rerun has carried over.
    private void reset(int group) {
        board.forget(group);
        int index = group + 1;
        while (index < board.plan().endOf(group)) {
            board.visit();
            StepState old = board.state(index);
            if (old.carried()) {
                index = board.plan().endOf(index);
            } else {
                board.forget(index);
                int attempt = Tries.endOfBlock(old.attempt(), board.options(index).retry());
                board.move(index, Move.RESET, States.pending(attempt));
                index++;
            }
        }
    }
}
