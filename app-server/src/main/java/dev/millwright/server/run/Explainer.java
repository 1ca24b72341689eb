package dev.millwright.server.run;

import dev.millwright.engine.placement.Placement;
import dev.millwright.model.Elapsed;
import dev.millwright.model.log.LogLine;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.log.LogPage;
import dev.millwright.server.log.LogStore;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.run.Explanation.NodeReason;
import dev.millwright.server.run.Explanation.StepReason;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Puts into words why a run and its steps stand where they stand.
final class Explainer {
    private static final int LONGEST_LINE = 200;

    private final Fleet fleet;
    private final Supplier<Map<String, Integer>> busy;
    private final LogStore logs;
    private final Duration lostAfter;

    /// @param busy slots in use by node
    /// @param lostAfter how long a node may be away before its steps count as lost
    Explainer(Fleet fleet, Supplier<Map<String, Integer>> busy, LogStore logs, Duration lostAfter) {
        this.fleet = fleet;
        this.busy = busy;
        this.logs = logs;
        this.lostAfter = lostAfter;
    }

    Explanation explain(RunView view) {
        List<StepReason> reasons = new ArrayList<>();
        boolean stopping = view.record().phase() == RunPhase.CANCELLING;
        WaitingLeaves waiting = new WaitingLeaves(fleet, busy.get());
        for (int i = 0; i < view.plan().size(); i++) {
            Step step = view.plan().step(i);
            StepState state = view.state().step(i);
            boolean group = step instanceof Step.Group;
            if (isWorthTelling(state) && (!group || !state.message().isEmpty())) {
                reasons.add(reason(step, state, waiting));
            } else if (!group && state.phase() == StepPhase.RUNNING) {
                reasons.add(
                        new StepReason(
                                step.path(),
                                step.name(),
                                Statuses.of(step, state),
                                state.cause(),
                                stopping ? "the run ends when it has ended" : now(view, i),
                                List.of()));
            }
        }
        return new Explanation(summary(view, reasons), reasons);
    }

    /// What a running leaf does.
    private String now(RunView view, int position) {
        return view.attempts().stream()
                .filter(attempt -> attempt.position() == position)
                .filter(attempt -> attempt.phase() == AttemptRecord.Phase.LIVE)
                .findFirst()
                .map(attempt ->
                        switch (fleet.standing(attempt.node())) {
                            case ONLINE, ELSEWHERE, DRAINING -> work(attempt);
                            case SUSPECT, UNREACHABLE ->
                                    away(
                                            "nothing is heard of its node '%s'; the step goes on there if it can",
                                            attempt);
                            case OFFLINE ->
                                    away(
                                            "the agent of its node '%s' was stopped; the step goes on there, and its end is known when the agent runs again",
                                            attempt);
                        })
                .orElse("");
    }

    private String away(String how, AttemptRecord attempt) {
        return how.formatted(attempt.node())
                + "; it counts as lost once the node has been away for %s (nodes.lost-after)"
                        .formatted(Elapsed.limit(lostAfter));
    }

    private String work(AttemptRecord attempt) {
        String where =
                "on node '%s'%s"
                        .formatted(
                                attempt.node(),
                                attempt.number() > 1 ? ", try " + attempt.number() : "");
        LogPage tail = logs.tail(attempt.id(), 1);
        if (tail.lines().isEmpty()) {
            return where + "; it has printed nothing yet";
        }
        LogLine last = tail.lines().getLast();
        String text = last.plainText();
        return "%s; %d %s so far\nthe last at %s: %s"
                .formatted(
                        where,
                        tail.totalLines(),
                        tail.totalLines() == 1 ? "line" : "lines",
                        last.at().truncatedTo(ChronoUnit.SECONDS),
                        text.length() > LONGEST_LINE
                                ? text.substring(0, LONGEST_LINE - 1) + "…"
                                : text);
    }

    /// The first reason why nothing of it moves; empty when something does, or is about to.
    String standstill(RunView view) {
        int waiting = -1;
        for (int i = 0; i < view.plan().size(); i++) {
            if (view.plan().step(i) instanceof Step.Group) {
                continue;
            }
            StepState state = view.state().step(i);
            switch (state.phase()) {
                case RUNNING, CANCELLING -> {
                    return "";
                }
                case QUEUED, BLOCKED, DELAYED -> waiting = waiting < 0 ? i : waiting;
                case PENDING, FINISHED -> {}
            }
        }
        if (waiting < 0) {
            return "";
        }
        StepReason reason =
                reason(
                        view.plan().step(waiting),
                        view.state().step(waiting),
                        new WaitingLeaves(fleet, busy.get()));
        return reason.message().isEmpty()
                ? ""
                : "%s: %s".formatted(reason.name(), reason.message());
    }

    private static boolean isWorthTelling(StepState state) {
        return switch (state.phase()) {
            case QUEUED, BLOCKED, DELAYED, CANCELLING -> true;
            case PENDING, RUNNING -> false;
            case FINISHED -> state.isBad() || !state.cause().isEmpty();
        };
    }

    /// The run as it stands, and what its leaves wait for at this moment.
    RunView now(RunView view) {
        List<StepState> states = new ArrayList<>(view.state().steps());
        WaitingLeaves waiting = null;
        for (int i = 0; i < states.size(); i++) {
            if (view.plan().step(i) instanceof Step.Run leaf
                    && WaitingLeaves.isOne(leaf, states.get(i))) {
                waiting = waiting == null ? new WaitingLeaves(fleet, busy.get()) : waiting;
                states.set(i, waiting.now(leaf, states.get(i)));
            }
        }
        return waiting == null ? view : view.with(states);
    }

    private static StepReason reason(Step step, StepState state, WaitingLeaves waiting) {
        List<Placement.Reason> said = List.of();
        StepState now = state;
        if (step instanceof Step.Run leaf && WaitingLeaves.isOne(leaf, state)) {
            said = waiting.reasons(leaf);
            now = waiting.now(leaf, state);
        }
        return new StepReason(
                step.path(),
                step.name(),
                Statuses.of(step, state),
                now.cause(),
                now.message(),
                said.stream().map(Explainer::reason).toList());
    }

    private static NodeReason reason(Placement.Reason said) {
        return new NodeReason(said.node(), said.free(), said.message());
    }

    private static String summary(RunView view, List<StepReason> reasons) {
        RunRecord run = view.record();
        String head = "run %s %s".formatted(run.address(), Sentences.standing(Statuses.of(run)));
        if (!run.message().isEmpty()) {
            return head + ": " + run.message();
        }
        return reasons.stream()
                .filter(reason -> !reason.nodes().isEmpty() || reason.status().equals("blocked"))
                .findFirst()
                .map(reason ->
                        "%s; step '%s' (%s) %s"
                                .formatted(
                                        head,
                                        reason.name(),
                                        reason.path(),
                                        Sentences.waiting(reason.message())))
                .orElseGet(() -> run.phase() == RunPhase.FINISHED ? head : head + counts(view));
    }

    /// How far it has come, in leaves.
    private static String counts(RunView view) {
        int ended = 0;
        int begun = 0;
        int all = 0;
        for (int i = 0; i < view.plan().size(); i++) {
            if (view.plan().isLeaf(i)) {
                StepPhase phase = view.state().step(i).phase();
                all++;
                ended += phase == StepPhase.FINISHED ? 1 : 0;
                begun += phase == StepPhase.FINISHED || phase == StepPhase.PENDING ? 0 : 1;
            }
        }
        return ": %d of %d steps have ended, %d %s under way"
                .formatted(ended, all, begun, begun == 1 ? "is" : "are");
    }
}
