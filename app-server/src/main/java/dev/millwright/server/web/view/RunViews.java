package dev.millwright.server.web.view;

import dev.millwright.api.run.ExplainView;
import dev.millwright.api.run.RunDetail;
import dev.millwright.api.run.RunSummary;
import dev.millwright.api.run.Status;
import dev.millwright.api.run.StepList;
import dev.millwright.api.run.StepView;
import dev.millwright.model.RunId;
import dev.millwright.model.Sha256;
import dev.millwright.model.plan.Change;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.Explanation;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs and steps in the form in which they travel.
public final class RunViews {
    private RunViews() {}

    public static String location(RunId run) {
        return "/api/v1/runs/" + run;
    }

    public static RunSummary summary(RunRecord run, Instant now) {
        return summary(run, run.message(), now);
    }

    /// A run with another sentence than its own.
    public static RunSummary summary(RunRecord run, String message, Instant now) {
        return new RunSummary(
                run.id(),
                run.namespace(),
                run.pipeline(),
                run.number(),
                status(run),
                run.outcomeOrNull(),
                run.event(),
                run.cause(),
                message,
                run.branch(),
                run.tag(),
                run.commit(),
                run.commitMessage(),
                run.author(),
                run.deliveryOrNull(),
                run.rerunOfOrNull(),
                run.stepsTotal(),
                run.stepsFinished(),
                run.queuedAt(),
                run.startedAtOrNull(),
                run.finishedAtOrNull(),
                duration(run.startedAtOrNull(), run.finishedAtOrNull(), now),
                run.traceId(),
                run.revision(),
                run.eventCount(),
                location(run.id()));
    }

    public static RunDetail detail(RunView run, Instant now) {
        Plan.Head head = run.plan().head();
        return new RunDetail(
                summary(run.record(), now),
                head.values(),
                head.source().map(RunViews::source).orElse(null),
                head.change().map(RunViews::change).orElse(null));
    }

    private static RunDetail.ChangeView change(Change change) {
        return new RunDetail.ChangeView(
                change.sender(),
                change.link(),
                change.delivery(),
                change.trusted(),
                change.pullRequest().map(RunViews::pullRequest).orElse(null));
    }

    private static RunDetail.PullRequestView pullRequest(Change.PullRequest pull) {
        return new RunDetail.PullRequestView(
                pull.number(),
                pull.title(),
                pull.sourceBranch(),
                pull.targetBranch(),
                Secrets.maskUrl(pull.sourceRepository()),
                pull.labels(),
                pull.draft(),
                pull.fork());
    }

    private static RunDetail.SourceView source(Source source) {
        return new RunDetail.SourceView(
                Secrets.maskUrl(source.url()),
                source.ref().orElse(""),
                source.commit(),
                source.previousCommit(),
                source.message(),
                source.author(),
                source.authorEmail(),
                source.changedFiles().size());
    }

    public static StepList steps(RunView run, Instant now) {
        Map<Integer, AttemptRecord> last = new HashMap<>();
        run.attempts().forEach(attempt -> last.put(attempt.position(), attempt));
        List<StepView> items = new ArrayList<>(run.plan().size());
        for (int position = 0; position < run.plan().size(); position++) {
            items.add(
                    step(
                            run.plan().step(position),
                            run.state().step(position),
                            Optional.ofNullable(last.get(position)),
                            now));
        }
        return new StepList(
                run.record().id(), status(run.record()), run.record().eventCount(), items);
    }

    /// A few letters that differ when steps wait for something else, and are the same wherever they
    /// are asked for.
    public static String waitingTag(RunState now) {
        String words =
                now.steps().stream()
                        .map(step -> step.cause() + '\t' + step.message())
                        .collect(Collectors.joining("\n"));
        return Sha256.hex(words).substring(0, 16);
    }

    private static StepView step(
            Step step, StepState state, Optional<AttemptRecord> attempt, Instant now) {
        return new StepView(
                step.path(),
                step.name(),
                step.kind(),
                step instanceof Step.Run leaf ? leaf.runner() : "",
                step.options().role(),
                step.path().depth(),
                status(step, state),
                state.isFinished() ? state.outcomeOrNull() : null,
                state.cause(),
                state.message(),
                state.attempt(),
                state.startedAtOrNull(),
                state.finishedAtOrNull(),
                state.dueAtOrNull(),
                state.isTimed() ? took(state, attempt.orElse(null), now) : null,
                state.exitCodeOrNull(),
                state.outputs(),
                step.options().allowFailure(),
                state.carried(),
                attempt.map(AttemptRecord::logLines).orElse(0L),
                attempt.map(AttemptRecord::results).orElse(0));
    }

    /// What the last try took; null when it is not written down yet.
    private static @Nullable Long took(StepState state, @Nullable AttemptRecord last, Instant now) {
        if (last == null || state.attempt() <= 1) {
            return duration(state.startedAtOrNull(), state.finishedAtOrNull(), now);
        }
        Instant started =
                last.startedAtOrNull() == null ? last.assignedAt() : last.startedAtOrNull();
        return last.number() == state.attempt()
                ? duration(started, last.finishedAtOrNull(), now)
                : null;
    }

    public static Status status(RunRecord run) {
        return switch (run.phase()) {
            case BLOCKED -> Status.BLOCKED;
            case RUNNING -> run.isHeld() ? Status.BLOCKED : Status.RUNNING;
            case CANCELLING -> Status.CANCELLING;
            case FINISHED -> status(run.outcome().orElse(Outcome.ERROR));
        };
    }

    private static Status status(Step step, StepState state) {
        return switch (state.phase()) {
            case PENDING -> Status.PENDING;
            case QUEUED -> Status.QUEUED;
            case DELAYED, BLOCKED -> Status.BLOCKED;
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

    private static Status status(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> Status.SUCCESS;
            case FAILURE -> Status.FAILURE;
            case ERROR -> Status.ERROR;
            case TIMEOUT -> Status.TIMEOUT;
            case CANCELLATION -> Status.CANCELLED;
            case SKIP -> Status.SKIPPED;
        };
    }

    public static ExplainView explain(RunView run, Explanation explanation) {
        return new ExplainView(
                run.record().id(),
                status(run.record()),
                explanation.summary(),
                explanation.steps().stream().map(step -> reason(run, step)).toList());
    }

    private static ExplainView.StepReason reason(RunView run, Explanation.StepReason step) {
        @Nullable Instant since =
                run.plan()
                        .find(step.path())
                        .map(position -> run.state().step(position).startedAtOrNull())
                        .orElse(null);
        return new ExplainView.StepReason(
                step.path(),
                step.name(),
                Status.valueOf(step.status().toUpperCase(Locale.ROOT)),
                step.cause(),
                step.message(),
                since,
                step.nodes().stream()
                        .map(node -> new ExplainView.NodeReason(node.node(), node.message()))
                        .toList());
    }

    private static @Nullable Long duration(
            @Nullable Instant started, @Nullable Instant finished, Instant now) {
        return started == null
                ? null
                : Math.max(
                        0, Duration.between(started, finished == null ? now : finished).toMillis());
    }
}
