package dev.millwright.server.export;

import dev.millwright.model.AttemptId;
import dev.millwright.plugin.report.ResultReader;
import dev.millwright.plugin.report.ResultReport;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.server.telemetry.StepTelemetry;
import dev.millwright.server.telemetry.StoredResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The results inside the steps of one run, for as long as one call lasts. Any thread.
final class RunResults implements ResultReader, AutoCloseable {
    private static final int MOST = 1_000;

    private final StepTelemetry telemetry;
    private final Set<AttemptId> attempts;
    private volatile boolean closed;

    RunResults(StepTelemetry telemetry, RunReport run) {
        this.telemetry = telemetry;
        this.attempts =
                run.steps().stream()
                        .flatMap(step -> step.attempts().stream())
                        .map(attempt -> attempt.id())
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<ResultReport> after(AttemptId attempt, String spanId, int limit) {
        if (closed) {
            throw new IllegalStateException("results are read within the call that they came with");
        }
        if (limit < 1 || limit > MOST || !attempts.contains(attempt)) {
            throw new IllegalArgumentException(
                    "attempt %s, limit %d: attempts of this run, 1 to %d results at once"
                            .formatted(attempt, limit, MOST));
        }
        return telemetry.results(attempt, telemetry.place(attempt, spanId), limit).stream()
                .map(RunResults::report)
                .toList();
    }

    private static ResultReport report(StoredResult result) {
        return new ResultReport(
                result.spanId(),
                result.parentId(),
                result.traceId(),
                result.name(),
                result.kind(),
                result.status(),
                result.message(),
                result.startNanos(),
                result.endNanos(),
                result.detail().service(),
                result.detail().scope(),
                result.detail().attributes(),
                result.detail().events().stream()
                        .map(event ->
                                new ResultReport.Occurrence(
                                        event.name(), event.nanos(), event.attributes()))
                        .toList());
    }

    @Override
    public void close() {
        closed = true;
    }
}
