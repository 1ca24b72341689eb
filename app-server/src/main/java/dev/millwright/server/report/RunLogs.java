package dev.millwright.server.report;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogLine;
import dev.millwright.plugin.report.LogReader;
import dev.millwright.plugin.report.RunReport;
import dev.millwright.server.log.LogStore;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The stored logs of one run, for as long as one call lasts. Any thread.
public final class RunLogs implements LogReader, AutoCloseable {
    private static final int MOST_LINES = 1_000;

    private final LogStore logs;
    private final Set<AttemptId> attempts;
    private volatile boolean closed;

    public RunLogs(LogStore logs, RunReport run) {
        this.logs = logs;
        this.attempts =
                run.steps().stream()
                        .flatMap(step -> step.attempts().stream())
                        .map(attempt -> attempt.id())
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<LogLine> lines(AttemptId attempt, long from, int limit) {
        if (closed) {
            throw new IllegalStateException("logs are read within the call that they came with");
        }
        if (limit < 1 || limit > MOST_LINES || from < 0) {
            throw new IllegalArgumentException(
                    "from %d, limit %d: lines are counted from 0 and read 1 to %d at once"
                            .formatted(from, limit, MOST_LINES));
        }
        if (!attempts.contains(attempt)) {
            throw new IllegalArgumentException("attempt %s is not of this run".formatted(attempt));
        }
        return logs.lines(attempt, from, limit).lines();
    }

    @Override
    public void close() {
        closed = true;
    }
}
