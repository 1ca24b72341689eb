package dev.millwright.server.report;

import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Source;
import dev.millwright.model.plan.Step;
import dev.millwright.model.run.StepState;
import dev.millwright.plugin.report.AttemptReport;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.plugin.report.StepReport;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.RunRecord;
import dev.millwright.server.run.RunView;
import dev.millwright.server.run.SpanIds;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Turns a run as it is stored into what plugins see of it. Pure; any thread.
///
/// @param serverUrl base of links to this server, without a slash at the end
public record RunTelling(String serverUrl) {
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]*@");

    public RunReport report(RunView run) {
        RunRecord record = run.record();
        Plan.Head head = run.plan().head();
        return new RunReport(
                record.id(),
                record.namespace(),
                record.pipeline(),
                record.number(),
                record.event(),
                record.cause(),
                record.message(),
                record.outcomeOrNull(),
                head.source().map(RunTelling::withoutCredentials).orElse(null),
                head.values(),
                record.traceId(),
                record.rootSpanId(),
                "",
                record.queuedAt(),
                record.startedAtOrNull(),
                record.finishedAtOrNull(),
                record.rerunOfOrNull(),
                serverUrl + "/api/v1/runs/" + record.id(),
                steps(run));
    }

    private static Source withoutCredentials(Source source) {
        return new Source(
                USER_INFO.matcher(source.url()).replaceAll(""),
                source.commit(),
                source.refOrNull(),
                source.branch(),
                source.tag(),
                source.previousCommit(),
                source.message(),
                source.author(),
                source.authorEmail(),
                source.changedFiles(),
                source.checkout());
    }

    private static List<StepReport> steps(RunView run) {
        List<List<AttemptRecord>> tries = new ArrayList<>();
        for (int i = 0; i < run.plan().size(); i++) {
            tries.add(new ArrayList<>());
        }
        run.attempts().forEach(attempt -> tries.get(attempt.position()).add(attempt));
        List<StepReport> steps = new ArrayList<>(run.plan().size());
        for (int i = 0; i < run.plan().size(); i++) {
            steps.add(step(run, i, tries.get(i)));
        }
        return steps;
    }

    private static StepReport step(RunView run, int position, List<AttemptRecord> tries) {
        Step step = run.plan().step(position);
        StepState state = run.state().step(position);
        int last = tries.isEmpty() ? 0 : tries.getLast().number();
        return new StepReport(
                step.path(),
                step.name(),
                step.kind(),
                step instanceof Step.Run leaf ? leaf.runner() : "",
                state.isFinished() ? state.outcomeOrNull() : null,
                state.cause(),
                state.message(),
                step.options().allowFailure(),
                state.carried(),
                SpanIds.of(run.record().id(), position, last),
                state.startedAtOrNull(),
                state.finishedAtOrNull(),
                state.outputs(),
                tries.stream().map(RunTelling::attempt).toList());
    }

    private static AttemptReport attempt(AttemptRecord attempt) {
        return new AttemptReport(
                attempt.id(),
                attempt.number(),
                attempt.node().value(),
                SpanIds.of(attempt.run(), attempt.position(), attempt.number()),
                attempt.outcomeOrNull(),
                attempt.cause(),
                attempt.exitCodeOrNull(),
                attempt.assignedAt(),
                attempt.startedAtOrNull(),
                attempt.finishedAtOrNull(),
                attempt.logLines());
    }
}
