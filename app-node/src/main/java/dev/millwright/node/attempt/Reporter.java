package dev.millwright.node.attempt;

import dev.millwright.model.log.LogChunk;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports until it is taken: whatever the receiver throws, the same is told again after a while.
///
/// Called from the attempts' threads.
public final class Reporter {
    private static final Logger log = LoggerFactory.getLogger(Reporter.class);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final NodeReports reports;

    public Reporter(NodeReports reports) {
        this.reports = reports;
    }

    void log(Assignment assignment, LogChunk chunk) throws InterruptedException {
        untilTaken(
                assignment,
                () -> reports.log(assignment.attempt(), assignment.fence(), chunk),
                () -> {});
    }

    /// @param onRefused called when the first try is not taken
    void ended(Assignment assignment, AttemptEnd end, Runnable onRefused)
            throws InterruptedException {
        untilTaken(
                assignment,
                () -> reports.ended(assignment.attempt(), assignment.fence(), end),
                onRefused);
    }

    private static void untilTaken(Assignment assignment, Runnable report, Runnable onRefused)
            throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                report.run();
                return;
            } catch (RuntimeException refused) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("the node goes down");
                }
                log.warn(
                        "a report of attempt {} was not taken and is repeated: {}",
                        assignment.attempt(),
                        refused.toString());
                if (pause == FIRST_PAUSE_MILLIS) {
                    onRefused.run();
                }
                Thread.sleep(pause);
                pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
            }
        }
    }
}
