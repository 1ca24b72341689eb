package dev.millwright.server.run;

import dev.millwright.engine.progress.Signal;
import dev.millwright.model.AttemptId;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.NodeName;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.plan.StepPath;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.log.SecretMask;
import dev.millwright.server.store.Database;
import java.util.Optional;
import java.util.function.Consumer;

/// Turns what nodes report into signals. Called from the nodes' threads; whatever throws here is
/// reported again by the node.
final class RunReports {
    private final Database database;
    private final LogSink logs;
    private final Consumer<AttemptId> logEnded;
    private final RunDriver driver;

    /// @param logEnded told when an attempt's log is complete, so that followers end
    RunReports(Database database, LogSink logs, Consumer<AttemptId> logEnded, RunDriver driver) {
        this.database = database;
        this.logs = logs;
        this.logEnded = logEnded;
        this.driver = driver;
    }

    /// The attempt, if that node was given it under that fence.
    Optional<AttemptRecord> find(NodeName node, AttemptId attempt, long fence) {
        return database.read(tx -> tx.dao(AttemptDao.class).find(attempt.value()))
                .filter(record -> record.fence() == fence && record.node().equals(node));
    }

    void log(AttemptId attempt, LogChunk chunk) {
        logs.append(attempt, driver.masks().of(attempt).chunk(chunk));
    }

    void ended(AttemptRecord attempt, AttemptEnd told) {
        AttemptEnd end = masked(driver.masks().of(attempt.id()), told);
        StepPath path = driver.active(attempt.run()).plan().step(attempt.position()).path();
        CrashPoints.hit("K10");
        driver.ends()
                .end(
                        new AttemptEnds.Ending(
                                attempt,
                                end.cause(),
                                end.outcome(),
                                end.exitCodeOrNull(),
                                end.startedAt(),
                                end.endedAt(),
                                signal(path, attempt, end)));
        CrashPoints.hit("K11");
        logEnded.accept(attempt.id());
    }

    private static AttemptEnd masked(SecretMask mask, AttemptEnd end) {
        return mask.isEmpty() ? end : end.inWords(mask::text);
    }

    private static Signal signal(StepPath path, AttemptRecord attempt, AttemptEnd end) {
        if (end.cause().equals(AttemptEnd.LOST)) {
            return new Signal.Lost(path, attempt.number(), end.message());
        }
        return new Signal.Ended(
                path,
                attempt.number(),
                end.outcome(),
                end.cause(),
                end.message(),
                end.exitCodeOrNull(),
                end.outputs());
    }
}
