package dev.millwright.node.attempt;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.log.LogTail;
import dev.millwright.node.workspace.Workspaces;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.Runner;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt from its journal entry to its reported end.
///
/// One of [#begin] and [#resume] is called once, on a thread of the attempt's own; [#stop] from any
/// thread. An interrupt means that the node goes down: the step is left running.
public final class LiveAttempt {
    private static final Logger log = LoggerFactory.getLogger(LiveAttempt.class);

    private final Tools tools;
    private final Assignment assignment;
    private final AttemptFolder folder;
    private @Nullable Execution execution;
    private Action.@Nullable Reason stopReason;
    private Duration stopGrace = Duration.ZERO;
    private boolean logLimitReached;

    /// What all attempts of a node share.
    public record Tools(
            String node,
            Workspaces workspaces,
            Reporter reporter,
            Deadlines deadlines,
            InstantSource clock) {}

    public LiveAttempt(Tools tools, Assignment assignment, AttemptFolder folder) {
        this.tools = tools;
        this.assignment = assignment;
        this.folder = folder;
    }

    public Assignment assignment() {
        return assignment;
    }

    /// Prepare the workspace, start the work, follow it to its end.
    public void begin(Runner runner) throws InterruptedException {
        Instant startedAt = tools.clock().instant();
        Execution started;
        try {
            Path workspace =
                    tools.workspaces().prepare(assignment.run(), assignment.workspaceOrNull());
            Path directory = Workspaces.directory(workspace, assignment.directoryOrNull());
            Surroundings.write(assignment, folder);
            WorkOrder order =
                    Surroundings.order(tools.node(), assignment, folder, workspace, directory);
            @Nullable Execution own = startUnlessStopped(runner, order);
            if (own == null) {
                report(
                        notStarted(
                                startedAt,
                                Outcome.CANCELLATION,
                                "cancel",
                                "cancelled before it began"));
                return;
            }
            started = own;
        } catch (RunnerException refused) {
            report(notStarted(startedAt, Outcome.ERROR, "start", message(refused)));
            return;
        } catch (MillwrightException unprepared) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the node goes down");
            }
            report(notStarted(startedAt, Outcome.ERROR, "workspace", message(unprepared)));
            return;
        }
        CrashPoints.hit("K08");
        follow(started, LogPosition.START, startedAt);
    }

    private synchronized @Nullable Execution startUnlessStopped(Runner runner, WorkOrder order) {
        if (stopReason != null) {
            return null;
        }
        Execution started = runner.start(order);
        execution = started;
        return started;
    }

    /// Follow work that an earlier life of the node started.
    public void resume(Execution found, LogPosition position) throws InterruptedException {
        synchronized (this) {
            execution = found;
            if (stopReason != null) {
                found.stop(stopGrace);
            }
        }
        follow(found, position, folder.openedAt());
    }

    /// Report once more what had ended before the node went down.
    public void repeatEnd(AttemptEnd end, LogPosition position) throws InterruptedException {
        LogTail tail = tail(position, () -> {});
        tail.end();
        read(tail);
        report(end);
    }

    /// Ask the work to end, and remember why; the first reason counts.
    public synchronized void stop(Action.Reason reason, Duration grace) {
        if (stopReason == null) {
            stopReason = reason;
        }
        stopGrace = grace;
        if (execution != null) {
            execution.stop(grace);
        }
    }

    private void follow(Execution work, LogPosition from, Instant startedAt)
            throws InterruptedException {
        LogTail tail = tail(from, this::reachLimit);
        Runnable takeDeadlineBack = deadline(startedAt);
        try (TailThread reading = TailThread.start(tail, assignment.attempt())) {
            Execution.Result result = work.await();
            tail.end();
            reading.join();
            AttemptEnd end = end(result, startedAt, tail.position());
            folder.close(end);
            report(end);
        } finally {
            takeDeadlineBack.run();
        }
    }

    private Runnable deadline(Instant startedAt) {
        if (assignment.timeoutOrNull() == null) {
            return () -> {};
        }
        Duration left =
                assignment
                        .timeoutOrNull()
                        .minus(Duration.between(startedAt, tools.clock().instant()));
        return tools.deadlines().after(left, () -> stop(Action.Reason.TIMEOUT, assignment.grace()));
    }

    private synchronized void reachLimit() {
        logLimitReached = true;
        if (execution != null) {
            execution.stop(Duration.ZERO);
        }
    }

    private LogTail tail(LogPosition from, Runnable onLimit) {
        return new LogTail(
                folder.home().resolve("out"),
                folder.home().resolve("err"),
                from,
                assignment.logLimit(),
                chunk -> tools.reporter().log(assignment, chunk),
                onLimit,
                tools.clock());
    }

    private static void read(LogTail tail) throws InterruptedException {
        try {
            tail.run();
        } catch (IOException broken) {
            log.warn("the log of a step cannot be read to its end", broken);
        }
    }

    private synchronized AttemptEnd end(
            Execution.Result result, Instant startedAt, LogPosition position) {
        Instant now = tools.clock().instant();
        Verdict verdict = verdict(result);
        Map<String, String> outputs = Map.of();
        if (verdict.outcome() == Outcome.SUCCESS) {
            try {
                Path workspace = tools.workspaces().of(assignment.run());
                outputs =
                        Outputs.collect(
                                folder.outputFile(),
                                assignment.outputs(),
                                workspace,
                                Workspaces.directory(workspace, assignment.directoryOrNull()));
            } catch (MillwrightException unusable) {
                verdict = new Verdict(Outcome.ERROR, "outputs", message(unusable), verdict.code());
            }
        }
        return new AttemptEnd(
                verdict.outcome(),
                verdict.cause(),
                verdict.message(),
                verdict.code(),
                outputs,
                startedAt,
                now,
                position.line(),
                position.outOffset(),
                position.errOffset());
    }

    private record Verdict(Outcome outcome, String cause, String message, @Nullable Integer code) {}

    private Verdict verdict(Execution.Result result) {
        @Nullable Integer code = result instanceof Execution.Result.Exited(int exit) ? exit : null;
        if (code != null && code == 0 && !logLimitReached) {
            return new Verdict(Outcome.SUCCESS, "", "", 0);
        }
        if (logLimitReached) {
            return new Verdict(
                    Outcome.ERROR,
                    "log-limit",
                    "the step wrote more than %,d bytes of output and was ended"
                            .formatted(assignment.logLimit()),
                    code);
        }
        if (stopReason != null) {
            return switch (stopReason) {
                case CANCEL -> new Verdict(Outcome.CANCELLATION, "cancel", "cancelled", code);
                case FAIL_FAST ->
                        new Verdict(
                                Outcome.CANCELLATION,
                                "fail-fast",
                                "stopped because a step beside it failed",
                                code);
                case TIMEOUT ->
                        new Verdict(Outcome.TIMEOUT, "timeout", "took longer than it may", code);
            };
        }
        return switch (result) {
            case Execution.Result.Exited(int exit) ->
                    new Verdict(Outcome.FAILURE, "exit", ExitCodes.describe(exit), exit);
            case Execution.Result.Broken(String cause, String message) ->
                    new Verdict(Outcome.ERROR, cause, message, null);
        };
    }

    private AttemptEnd notStarted(
            Instant startedAt, Outcome outcome, String cause, String message) {
        return new AttemptEnd(
                outcome,
                cause,
                message,
                null,
                Map.of(),
                startedAt,
                tools.clock().instant(),
                0,
                0,
                0);
    }

    private void report(AttemptEnd end) throws InterruptedException {
        tools.reporter().ended(assignment, end);
        folder.delete();
    }

    private static String message(Throwable problem) {
        return String.valueOf(problem.getMessage());
    }
}
