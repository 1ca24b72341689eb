package dev.millwright.cli.local;

import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepView;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a plan and its states into what the tree shows, as a server would. Pure.
final class LocalSteps {
    private LocalSteps() {}

    /// @param tries when the last try of each leaf began
    static List<StepView> views(
            Plan plan, RunState state, Map<StepPath, Instant> tries, Instant now) {
        List<StepView> views = new ArrayList<>();
        for (int i = 0; i < plan.size(); i++) {
            Step step = plan.step(i);
            views.add(view(step, state.step(i), tries.get(step.path()), now));
        }
        return views;
    }

    private static StepView view(
            Step step, StepState state, @Nullable Instant lastTry, Instant now) {
        return new StepView(
                step.path(),
                step.name(),
                step.kind(),
                step instanceof Step.Run run ? run.runner() : "",
                step.options().role(),
                step.path().depth(),
                status(step, state),
                state.outcomeOrNull(),
                state.cause(),
                state.message(),
                state.attempt(),
                state.startedAtOrNull(),
                state.finishedAtOrNull(),
                state.dueAtOrNull(),
                millis(state, lastTry, now),
                state.exitCodeOrNull(),
                state.outputs(),
                step.options().allowFailure(),
                state.carried(),
                0,
                0);
    }

    private static @Nullable Long millis(StepState state, @Nullable Instant lastTry, Instant now) {
        Instant start = lastTry == null ? state.startedAtOrNull() : lastTry;
        if (start == null || !state.isTimed()) {
            return null;
        }
        Instant end = state.finishedAtOrNull();
        return Math.max(0, Duration.between(start, end == null ? now : end).toMillis());
    }

    private static Status status(Step step, StepState state) {
        return switch (state.phase()) {
            case PENDING -> Status.PENDING;
            case DELAYED, BLOCKED -> Status.BLOCKED;
            case QUEUED -> Status.QUEUED;
            case RUNNING -> Status.RUNNING;
            case CANCELLING -> Status.CANCELLING;
            case FINISHED -> {
                Outcome outcome = state.outcome().orElse(Outcome.ERROR);
                yield outcome.isBad() && step.options().allowFailure()
                        ? Status.WARNING
                        : status(outcome);
            }
        };
    }

    static Status status(RunState state) {
        return switch (state.phase()) {
            case BLOCKED -> Status.BLOCKED;
            case RUNNING -> Status.RUNNING;
            case CANCELLING -> Status.CANCELLING;
            case FINISHED -> status(state.outcome().orElse(Outcome.ERROR));
        };
    }

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> Status.SUCCESS;
            case SKIP -> Status.SKIPPED;
            case CANCELLATION -> Status.CANCELLED;
            case FAILURE -> Status.FAILURE;
            case TIMEOUT -> Status.TIMEOUT;
            case ERROR -> Status.ERROR;
        };
    }
}
