package dev.millwright.engine.progress;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A slow and obvious second engine, to compare with: a tree of nodes that is looked through from
/// end to start, again and again, until nothing changes. It counts tries instead of deriving them
/// and remembers stops in a flag.
final class SlowRun {
    static final class Node {
        final Step step;
        final List<Node> children = new ArrayList<>();
        StepPhase phase = StepPhase.PENDING;
        @Nullable Outcome outcome;
        String cause = "";
        int tries;
        @Nullable Instant due;
        boolean stoppedFromOutside;

        Node(Step step) {
            this.step = step;
        }

        boolean isLike(StepState state) {
            return state.phase() == phase
                    && state.outcomeOrNull() == outcome
                    && state.cause().equals(cause);
        }

        boolean is(StepPhase some) {
            return phase == some;
        }

        boolean isBad() {
            return is(StepPhase.FINISHED)
                    && outcome != null
                    && outcome.isBad()
                    && !step.options().allowFailure();
        }

        List<Node> inRole(Role role) {
            return children.stream().filter(it -> it.step.options().role() == role).toList();
        }

        boolean anyInside(Predicate<Node> test) {
            return children.stream().anyMatch(it -> test.test(it) || it.anyInside(test));
        }
    }

    final List<Node> nodes = new ArrayList<>();
    private final Node root;
    private Instant now;
    private int changes;

    SlowRun(Plan plan, Instant now) {
        this.now = now;
        this.root = node(plan.root());
    }

    private Node node(Step step) {
        Node node = new Node(step);
        nodes.add(node);
        if (step instanceof Step.Group group) {
            group.children().forEach(child -> node.children.add(node(child)));
        }
        return node;
    }

    void take(Node leaf) {
        set(leaf, StepPhase.RUNNING, null, "");
        leaf.due = deadline(leaf);
    }

    void end(Node leaf, Outcome outcome, String cause) {
        boolean stopped = leaf.is(StepPhase.CANCELLING) && outcome != Outcome.SUCCESS;
        over(leaf, stopped ? leaf.outcome : outcome, stopped ? leaf.cause : cause);
    }

    void lose(Node leaf) {
        if (leaf.step.options().onLost() == StepOptions.OnLost.RETRY && !leaf.stoppedFromOutside) {
            set(leaf, StepPhase.QUEUED, null, "");
        } else {
            over(leaf, Outcome.ERROR, "lost");
        }
    }

    void neverBegan(Node leaf) {
        if (leaf.is(StepPhase.CANCELLING)) {
            over(leaf, leaf.outcome, leaf.cause);
        } else {
            set(leaf, StepPhase.QUEUED, null, "");
        }
    }

    void answer(Node leaf, boolean approved) {
        finish(leaf, approved ? Outcome.SUCCESS : Outcome.FAILURE, approved ? "" : "rejected");
    }

    void cancel(boolean force) {
        halt(root, Outcome.CANCELLATION, "cancelled", force);
    }

    void now(Instant time) {
        now = time;
    }

    void settle() {
        if (root.is(StepPhase.PENDING)) {
            start(root);
        }
        repeatUntilQuiet();
        nodes.forEach(this::checkTime);
        repeatUntilQuiet();
    }

    private void repeatUntilQuiet() {
        int i = nodes.size() - 1;
        while (i >= 0) {
            int before = changes;
            advance(nodes.get(i));
            i = changes == before ? i - 1 : nodes.size() - 1;
        }
    }

    private void checkTime(Node node) {
        if (node.due == null || node.due.isAfter(now)) {
            return;
        }
        switch (node.phase) {
            case DELAYED -> begin(node);
            case BLOCKED -> {
                boolean over =
                        node.step instanceof Step.Wait wait
                                && (deadline(node) == null
                                        || !now.plus(wait.time()).isAfter(deadline(node)));
                finish(node, over ? Outcome.SUCCESS : Outcome.TIMEOUT, over ? "" : "timeout");
            }
            case RUNNING -> {
                set(node, StepPhase.CANCELLING, Outcome.TIMEOUT, "timeout");
                node.children.stream()
                        .filter(it -> !it.step.options().role().isAlways())
                        .forEach(it -> halt(it, Outcome.TIMEOUT, "outer-timeout", false));
            }
            case PENDING, QUEUED, CANCELLING, FINISHED -> throw new AssertionError(node.phase);
        }
    }

    private void start(Node node) {
        String when =
                node.step.options().when().clauses().isEmpty()
                        ? "yes"
                        : node.step.options().when().clauses().getFirst().expressionOrNull();
        if ("no".equals(when)) {
            skip(node, "condition");
        } else if ("broken".equals(when)) {
            skip(node, "condition");
            node.outcome = Outcome.ERROR;
        } else {
            node.tries = 0;
            begin(node);
        }
    }

    private void begin(Node node) {
        node.tries++;
        node.stoppedFromOutside = false;
        switch (node.step) {
            case Step.Run _ -> set(node, StepPhase.QUEUED, null, "");
            case Step.Approve _ -> {
                set(node, StepPhase.BLOCKED, null, "approval");
                node.due = deadline(node);
            }
            case Step.Wait wait when wait.time().isZero() -> finish(node, Outcome.SUCCESS, "");
            case Step.Wait wait -> {
                set(node, StepPhase.BLOCKED, null, "wait");
                Instant end = now.plus(wait.time());
                Instant deadline = deadline(node);
                node.due = deadline != null && deadline.isBefore(end) ? deadline : end;
            }
            case Step.Group _ -> {
                set(node, StepPhase.RUNNING, null, "");
                node.due = deadline(node);
            }
        }
    }

    private void advance(Node group) {
        if (!(group.step instanceof Step.Group)
                || !(group.is(StepPhase.RUNNING) || group.is(StepPhase.CANCELLING))) {
            return;
        }
        for (Role role : Role.values()) {
            List<Node> some = group.inRole(role);
            switch (group.step) {
                case Step.Parallel it when role == Role.BODY ->
                        sideBySide(some, it.maxInFlight(), it.failFast());
                case Step.Matrix it when role == Role.BODY ->
                        sideBySide(some, it.maxInFlight(), it.failFast());
                case Step _ -> oneByOne(some, role);
            }
            if (some.stream().anyMatch(it -> !it.is(StepPhase.FINISHED))) {
                return;
            }
            if (role == Role.SETUP && some.stream().anyMatch(Node::isBad)) {
                group.inRole(Role.BODY).forEach(it -> skip(it, "setup"));
            }
            if (role == Role.BODY) {
                group.due = null;
            }
        }
        close(group);
    }

    private void oneByOne(List<Node> some, Role role) {
        for (Node node : some) {
            if (node.is(StepPhase.PENDING)) {
                if (!role.isAlways() && some.stream().anyMatch(Node::isBad)) {
                    skip(node, role == Role.SETUP ? "setup" : "earlier-failure");
                } else {
                    start(node);
                }
            }
            if (!node.is(StepPhase.FINISHED)) {
                return;
            }
        }
    }

    private void sideBySide(List<Node> some, int max, boolean failFast) {
        for (Node node : some) {
            long active = some.stream().filter(it -> it.phase.isActive()).count();
            boolean failed = failFast && some.stream().anyMatch(Node::isBad);
            if (node.is(StepPhase.PENDING) && (max == 0 || active < max) && !failed) {
                start(node);
            }
        }
        if (failFast && some.stream().anyMatch(Node::isBad)) {
            some.forEach(it -> halt(it, Outcome.CANCELLATION, "fail-fast", false));
        }
    }

    private void close(Node group) {
        Outcome worst = group.children.isEmpty() ? Outcome.SUCCESS : Outcome.SKIP;
        String cause = "";
        for (Node child : group.children) {
            boolean pardoned = child.outcome != null && child.outcome.isBad() && !child.isBad();
            worst = worst.worse(pardoned ? Outcome.SUCCESS : child.outcome);
        }
        if (worst.isBad()) {
            Predicate<String> has =
                    word ->
                            group.children.stream()
                                    .anyMatch(it -> it.isBad() && it.cause.equals(word));
            cause = has.test("condition") ? "condition" : has.test("lost") ? "lost" : "step";
        }
        if (group.outcome != null && group.outcome.worse(worst) == group.outcome) {
            over(group, group.outcome, group.cause);
        } else {
            over(group, worst, cause);
        }
    }

    private void over(Node node, @Nullable Outcome outcome, String cause) {
        Retry retry = node.step.options().retry();
        boolean lost = cause.equals("lost") || node.anyInside(it -> it.cause.equals("lost"));
        boolean named =
                retry.on().stream()
                        .anyMatch(on ->
                                outcome != null
                                        && (on.name().equals(outcome.name())
                                                || on == Retry.Cause.LOST && cause.equals("lost")));
        boolean allowed = !lost || retry.on().contains(Retry.Cause.LOST);
        if (!named
                || !allowed
                || cause.equals("condition")
                || node.stoppedFromOutside
                || node.tries >= retry.attempts()) {
            finish(node, outcome, cause);
            return;
        }
        node.children.forEach(this::reset);
        if (retry.delay().isZero()) {
            begin(node);
        } else {
            set(node, StepPhase.DELAYED, null, "retry");
            node.due = now.plus(retry.delay());
        }
    }

    private void reset(Node node) {
        set(node, StepPhase.PENDING, null, "");
        node.stoppedFromOutside = false;
        node.children.forEach(this::reset);
    }

    private void halt(Node node, Outcome outcome, String cause, boolean hard) {
        switch (node.phase) {
            case FINISHED -> {}
            case PENDING -> skip(node, cause);
            case DELAYED, QUEUED, BLOCKED -> {
                node.children.forEach(it -> skip(it, cause));
                finish(node, outcome, cause);
            }
            case RUNNING, CANCELLING -> {
                if (!node.stoppedFromOutside) {
                    boolean timedOut = node.is(StepPhase.CANCELLING);
                    set(node, StepPhase.CANCELLING, timedOut ? node.outcome : outcome, cause);
                    node.stoppedFromOutside = true;
                }
                node.children.stream()
                        .filter(it -> hard || !it.step.options().role().isAlways())
                        .forEach(it -> halt(it, outcome, cause, hard));
            }
        }
    }

    private void skip(Node node, String cause) {
        if (node.is(StepPhase.PENDING)) {
            finish(node, Outcome.SKIP, cause);
            node.children.forEach(it -> skip(it, cause));
        }
    }

    private void finish(Node node, @Nullable Outcome outcome, String cause) {
        set(node, StepPhase.FINISHED, outcome, cause);
    }

    private void set(Node node, StepPhase phase, @Nullable Outcome outcome, String cause) {
        node.phase = phase;
        node.outcome = outcome;
        node.cause = cause;
        node.due = null;
        changes++;
    }

    private @Nullable Instant deadline(Node node) {
        return node.step.options().timeout().map(now::plus).orElse(null);
    }
}
