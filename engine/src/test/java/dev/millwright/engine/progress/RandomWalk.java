package dev.millwright.engine.progress;

import dev.millwright.model.NodeName;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Role;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// Drive one plan to its end by random events, beside the slow engine, and check after every event
/// that both agree and that the rules hold.
final class RandomWalk {
    private static final int MOST_EVENTS = 20_000;
    private static final Outcome[] ENDS = {
        Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS, Outcome.SUCCESS,
        Outcome.FAILURE, Outcome.FAILURE, Outcome.ERROR, Outcome.TIMEOUT, Outcome.CANCELLATION,
        Outcome.SKIP
    };

    private final Random random;
    private final long seed;
    private final boolean calm;
    private final Plan plan;
    private final Progress progress = new Progress(Scenario.CONDITIONS);
    private final SlowRun slow;
    private final Set<Action.Start> starts = new HashSet<>();
    private final Map<StepPath, Integer> live = new HashMap<>();
    private final Map<StepPath, Integer> executions = new HashMap<>();
    private final List<Signal> past = new ArrayList<>();
    private RunState state;
    private Instant now = Scenario.BEGIN;
    private int cancels;
    private boolean forced;
    private int finishes;
    private int events;

    RandomWalk(long seed, boolean calm) {
        this.seed = seed;
        this.calm = calm;
        this.random = new Random(seed);
        this.plan = RandomPlan.of(random, calm);
        this.slow = new SlowRun(plan, now);
        this.state = RunState.initial(plan.size());
    }

    Plan plan() {
        return plan;
    }

    RunState state() {
        return state;
    }

    int events() {
        return events;
    }

    /// What the leaf's n-th execution ends with in a calm run.
    Outcome scripted(StepPath leaf, int execution) {
        Outcome end =
                ENDS[new Random(seed * 31 + leaf.hashCode() + execution).nextInt(ENDS.length)];
        boolean approval = plan.step(leaf) instanceof Step.Approve;
        return approval && end != Outcome.SUCCESS ? Outcome.FAILURE : end;
    }

    void toTheEnd() {
        decide(List.of());
        while (!state.isFinished()) {
            check(events++ < MOST_EVENTS, 0, "ends");
            if (openLeaves().isEmpty() || random.nextInt(10) == 0) {
                now = now.plusSeconds(1 + random.nextInt(100));
                slow.now(now);
            }
            List<Signal> signals = new ArrayList<>();
            if (!calm && cancels < 3 && random.nextInt(60) == 0) {
                boolean force = random.nextBoolean();
                signals.add(new Signal.CancelRequested("ada", "", force));
                slow.cancel(force);
                forced |= force;
                cancels++;
            } else {
                List<Integer> leaves = new ArrayList<>(openLeaves());
                for (int i = random.nextInt(3); i >= 0 && !leaves.isEmpty(); i--) {
                    signals.addAll(event(leaves.remove(random.nextInt(leaves.size()))));
                }
            }
            decide(signals);
            past.addAll(signals);
            repeatSomethingOld();
        }
        check(finishes == 1, 0, "finishes once");
        check(live.isEmpty(), 0, "leaves nothing alive");
    }

    private List<Integer> openLeaves() {
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            StepPhase phase = state.step(i).phase();
            boolean answerable = plan.step(i) instanceof Step.Approve && phase == StepPhase.BLOCKED;
            boolean alive =
                    plan.step(i) instanceof Step.Run
                            && Set.of(StepPhase.QUEUED, StepPhase.RUNNING, StepPhase.CANCELLING)
                                    .contains(phase);
            if (answerable || alive) {
                open.add(i);
            }
        }
        return open;
    }

    private List<Signal> event(int index) {
        StepState at = state.step(index);
        SlowRun.Node node = slow.nodes.get(index);
        StepPath path = plan.step(index).path();
        if (at.phase() == StepPhase.BLOCKED) {
            boolean yes = end(path) == Outcome.SUCCESS;
            slow.answer(node, yes);
            return List.of(new Signal.Answered(path, yes, "ada", ""));
        }
        int dice = random.nextInt(20);
        if (at.phase() == StepPhase.QUEUED && dice < 16) {
            slow.take(node);
            return List.of(new Signal.Assigned(path, at.attempt(), new NodeName("local")));
        }
        if (at.phase() != StepPhase.QUEUED && dice == 0) {
            live.remove(path);
            slow.neverBegan(node);
            return List.of(new Signal.NeverStarted(path, at.attempt()));
        }
        live.remove(path);
        if (!calm && dice == 17) {
            slow.lose(node);
            return List.of(new Signal.Lost(path, at.attempt(), ""));
        }
        Outcome end = end(path);
        slow.end(node, end, "exit");
        return List.of(new Signal.Ended(path, at.attempt(), end, "exit", "", null, Map.of()));
    }

    private Outcome end(StepPath path) {
        return calm
                ? scripted(path, executions.merge(path, 1, Integer::sum) - 1)
                : ENDS[random.nextInt(ENDS.length)];
    }

    private void decide(List<Signal> signals) {
        RunState before = state;
        Decision decision = progress.next(plan, state, signals, now);
        state = decision.state();
        slow.settle();
        BitSet changed = new BitSet();
        decision.changed().forEach(changed::set);
        for (int i = 0; i < plan.size(); i++) {
            StepState was = before.step(i);
            StepState is = state.step(i);
            SlowRun.Node node = slow.nodes.get(i);
            check(node.isLike(is), i, "as the slow engine says");
            check(Objects.equals(is.dueAtOrNull(), node.due), i, "due at the same time");
            check(changed.get(i) != was.equals(is), i, "listed as changed");
            check(is.attempt() >= was.attempt(), i, "attempts grow");
            if (plan.step(i) instanceof Step.Group group) {
                rules(i, group, was);
            }
        }
        dropUntaken(before);
        decision.actions().forEach(this::carryOut);
        Decision again = progress.next(plan, state, List.of(), now);
        check(again.state() == state && again.actions().isEmpty(), 0, "nothing is left to do");
    }

    /// An attempt may go without an end only when no node had taken it.
    private void dropUntaken(RunState before) {
        for (StepPath path : List.copyOf(live.keySet())) {
            int index = plan.indexOf(path);
            StepState is = state.step(index);
            boolean same =
                    is.attempt() == live.getOrDefault(path, 0)
                            && is.phase() != StepPhase.PENDING
                            && !is.isFinished();
            if (!same) {
                boolean untaken = before.step(index).phase() == StepPhase.QUEUED;
                check(untaken, index, "what a node has taken goes on until it ends");
                live.remove(path);
            }
        }
    }

    private void carryOut(Action action) {
        switch (action) {
            case Action.Start start -> {
                int index = plan.indexOf(start.path());
                check(starts.add(start), index, "each attempt is started once");
                boolean alone = live.put(start.path(), start.attempt()) == null;
                check(alone, index, "one live attempt at most");
            }
            case Action.Stop stop ->
                    check(
                            live.getOrDefault(stop.path(), 0) == stop.attempt(),
                            plan.indexOf(stop.path()),
                            "only what lives is stopped");
            case Action.AskApproval _ -> {}
            case Action.Finish(Outcome outcome) -> {
                check(state.outcome().equals(Optional.of(outcome)), 0, "ends as announced");
                finishes++;
            }
        }
    }

    /// Rules of order that need no second engine.
    private void rules(int index, Step.Group group, StepState before) {
        StepState is = state.step(index);
        int active = 0;
        Role rank = Role.SETUP;
        for (Step child : group.children()) {
            if (at(child).phase().isActive()) {
                active++;
                rank = child.options().role();
            }
        }
        if (active > 0) {
            boolean open = is.phase() == StepPhase.RUNNING || is.phase() == StepPhase.CANCELLING;
            check(open, index, "is open while its children are active");
            for (Step child : group.children()) {
                int order = child.options().role().compareTo(rank);
                boolean fits =
                        order == 0
                                || (order < 0
                                        ? at(child).isFinished()
                                        : !at(child).phase().isActive());
                check(fits, index, "roles come in order");
            }
            check(active <= room(group, rank), index, "no more in flight than allowed");
        }
        boolean ends =
                is.isFinished()
                        && (before.phase() == StepPhase.RUNNING
                                || before.phase() == StepPhase.CANCELLING);
        for (Step child : group.children()) {
            boolean leftOut =
                    child.options().role().isAlways()
                            && at(child).outcome().filter(Outcome.SKIP::equals).isPresent()
                            && at(child).cause().equals("cancelled");
            check(!ends || !leftOut || forced, index, "teardown of what began runs");
        }
    }

    private StepState at(Step step) {
        return state.step(plan.indexOf(step.path()));
    }

    private static int room(Step.Group group, Role rank) {
        int max =
                switch (group) {
                    case Step.Parallel it when rank == Role.BODY -> it.maxInFlight();
                    case Step.Matrix it when rank == Role.BODY -> it.maxInFlight();
                    case Step.Group _ -> 1;
                };
        return max == 0 ? Integer.MAX_VALUE : max;
    }

    private void check(boolean holds, int index, String rule) {
        if (!holds) {
            throw new AssertionError(
                    "seed %d, event %d, step %s: %s"
                            .formatted(seed, events, plan.step(index).path(), rule));
        }
    }

    private void repeatSomethingOld() {
        if (past.isEmpty() || state.phase() == RunPhase.FINISHED) {
            return;
        }
        Signal old = past.get(random.nextInt(past.size()));
        if (!(old instanceof Signal.CancelRequested) && !isLive(old)) {
            RunState same = progress.next(plan, state, List.of(old), now).state();
            check(same == state, 0, "stale signals change nothing");
        }
    }

    private boolean isLive(Signal old) {
        return switch (old) {
            case Signal.Ended(StepPath path, int attempt, _, _, _, _, _) -> isLive(path, attempt);
            case Signal.Assigned(StepPath path, int attempt, _) ->
                    isLive(path, attempt)
                            && state.step(plan.indexOf(path)).phase() == StepPhase.QUEUED;
            case Signal.Lost(StepPath path, int attempt, _) -> isLive(path, attempt);
            case Signal.NeverStarted(StepPath path, int attempt) -> isLive(path, attempt);
            case Signal.Answered(StepPath path, _, _, _) ->
                    state.step(plan.indexOf(path)).phase() == StepPhase.BLOCKED;
            case Signal.NotPlaced _, Signal.CancelRequested _, Signal.Admitted _ -> false;
        };
    }

    private boolean isLive(StepPath path, int attempt) {
        return live.getOrDefault(path, 0) == attempt;
    }
}
