package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Role;
import dev.millwright.model.run.StepState;

/// The children of one group by role, with counts that the board keeps up to date, so that no event
/// needs to look at all of them again. Lives for one decision. One thread.
final class Children {
    private static final int ROLES = Role.values().length;

    private final Board board;
    private final int[][] members = new int[ROLES][];
    private final int[] firstUnfinished = new int[ROLES];
    private final int[] firstPending = new int[ROLES];
    private final int[] pending = new int[ROLES];
    private final int[] active = new int[ROLES];
    private final int[] bad = new int[ROLES];

    Children(Board board, int group) {
        this.board = board;
        Plan plan = board.plan();
        int[] sizes = new int[ROLES];
        for (int child = group + 1; child < plan.endOf(group); child = plan.endOf(child)) {
            sizes[board.role(child).ordinal()]++;
        }
        for (int role = 0; role < ROLES; role++) {
            members[role] = new int[sizes[role]];
        }
        int[] next = new int[ROLES];
        for (int child = group + 1; child < plan.endOf(group); child = plan.endOf(child)) {
            int role = board.role(child).ordinal();
            members[role][next[role]++] = child;
            count(child, board.state(child), 1);
            board.visit();
        }
    }

    /// Note that a child went from one state to another.
    void changed(int child, StepState before, StepState after) {
        count(child, before, -1);
        count(child, after, 1);
    }

    private void count(int child, StepState state, int by) {
        int role = board.role(child).ordinal();
        switch (state.phase()) {
            case PENDING -> pending[role] += by;
            case DELAYED, QUEUED, BLOCKED, RUNNING, CANCELLING -> active[role] += by;
            case FINISHED -> bad[role] += board.isBad(child, state) ? by : 0;
        }
    }

    int[] members(Role role) {
        return members[role.ordinal()];
    }

    boolean isEmpty() {
        for (int[] some : members) {
            if (some.length > 0) {
                return false;
            }
        }
        return true;
    }

    int pending(Role role) {
        return pending[role.ordinal()];
    }

    int active(Role role) {
        return active[role.ordinal()];
    }

    /// Whether all children of the role are finished.
    boolean isDone(Role role) {
        return pending(role) + active(role) == 0;
    }

    /// Whether a child of the role went bad and was not allowed to.
    boolean isBad(Role role) {
        return bad[role.ordinal()] > 0;
    }

    /// The first child of the role that is not finished, or -1.
    int firstUnfinished(Role role) {
        int[] some = members(role);
        int at = firstUnfinished[role.ordinal()];
        while (at < some.length && board.state(some[at]).isFinished()) {
            at++;
        }
        firstUnfinished[role.ordinal()] = at;
        return at < some.length ? some[at] : -1;
    }

    /// The first child of the role whose turn has not come, or -1.
    int firstPending(Role role) {
        int[] some = members(role);
        int at = firstPending[role.ordinal()];
        while (at < some.length && !board.isPending(some[at])) {
            at++;
        }
        firstPending[role.ordinal()] = at;
        return at < some.length ? some[at] : -1;
    }

    /// The first child of the role that went bad and was not allowed to; there must be one.
    int firstBad(Role role) {
        for (int child : members(role)) {
            board.visit();
            if (board.isBad(child, board.state(child))) {
                return child;
            }
        }
        throw new IllegalStateException("no bad child with the role " + role);
    }
}
