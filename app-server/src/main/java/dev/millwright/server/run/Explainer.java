package dev.millwright.server.run;

import dev.millwright.engine.placement.Placement;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.StepPhase;
import dev.millwright.model.run.StepState;
import dev.millwright.server.node.Fleet;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.run.Explanation.NodeReason;
import dev.millwright.server.run.Explanation.StepReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts into words why a run and its steps stand where they stand.
final class Explainer {
    private final Fleet fleet;
    private final Nodes nodes;

    Explainer(Fleet fleet, Nodes nodes) {
        this.fleet = fleet;
        this.nodes = nodes;
    }

    Explanation explain(RunView view) {
        List<StepReason> reasons = new ArrayList<>();
        boolean stopping = view.record().phase() == RunPhase.CANCELLING;
        for (int i = 0; i < view.plan().size(); i++) {
            Step step = view.plan().step(i);
            StepState state = view.state().step(i);
            boolean group = step instanceof Step.Group;
            if (isWorthTelling(state) && (!group || !state.message().isEmpty())) {
                reasons.add(reason(step, state));
            } else if (stopping && !group && state.phase() == StepPhase.RUNNING) {
                reasons.add(
                        new StepReason(
                                step.path(),
                                step.name(),
                                Statuses.of(step, state),
                                state.cause(),
                                "the run ends when it has ended",
                                List.of()));
            } else if (!group && state.phase() == StepPhase.RUNNING) {
                away(view, i)
                        .ifPresent(why ->
                                reasons.add(
                                        new StepReason(
                                                step.path(),
                                                step.name(),
                                                Statuses.of(step, state),
                                                state.cause(),
                                                why,
                                                List.of())));
            }
        }
        return new Explanation(summary(view, reasons), reasons);
    }

    /// Why nothing is heard of a running leaf; empty when its node is there.
    private Optional<String> away(RunView view, int position) {
        return view.attempts().stream()
                .filter(attempt -> attempt.position() == position)
                .filter(attempt -> attempt.phase() == AttemptRecord.Phase.LIVE)
                .findFirst()
                .flatMap(attempt ->
                        switch (fleet.standing(attempt.node())) {
                            case ONLINE, ELSEWHERE, DRAINING -> Optional.empty();
                            case SUSPECT, UNREACHABLE ->
                                    Optional.of(
                                            "nothing is heard of its node '%s'; the step goes on there if it can"
                                                    .formatted(attempt.node()));
                            case OFFLINE ->
                                    Optional.of(
                                            "the agent of its node '%s' was stopped; the step goes on there, and its end is known when the agent runs again"
                                                    .formatted(attempt.node()));
                        });
    }

    /// The first reason why nothing of it moves; empty when something does.
    String standstill(RunView view) {
        String first = "";
        for (int i = 0; i < view.plan().size(); i++) {
            if (view.plan().step(i) instanceof Step.Group) {
                continue;
            }
            StepState state = view.state().step(i);
            switch (state.phase()) {
                case RUNNING, CANCELLING -> {
                    return "";
                }
                case QUEUED, BLOCKED, DELAYED -> {
                    StepReason reason = reason(view.plan().step(i), state);
                    first =
                            first.isEmpty()
                                    ? "%s: %s".formatted(reason.name(), reason.message())
                                    : first;
                }
                case PENDING, FINISHED -> {}
            }
        }
        return first;
    }

    private static boolean isWorthTelling(StepState state) {
        return switch (state.phase()) {
            case QUEUED, BLOCKED, DELAYED, CANCELLING -> true;
            case PENDING, RUNNING -> false;
            case FINISHED -> state.isBad() || !state.cause().isEmpty();
        };
    }

    private StepReason reason(Step step, StepState state) {
        List<Placement.Reason> said =
                state.phase() == StepPhase.QUEUED && step instanceof Step.Run leaf
                        ? fleet.reasons(Advance.demand(leaf), nodes.busy())
                        : List.of();
        String message = state.message();
        boolean toldByState = state.cause().equals("no-node");
        if (!said.isEmpty() && !toldByState) {
            String now = Placement.summary(said);
            message = message.isEmpty() ? now : message + " " + now;
        }
        return new StepReason(
                step.path(),
                step.name(),
                Statuses.of(step, state),
                state.cause(),
                message,
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
                .orElse(head);
    }
}
