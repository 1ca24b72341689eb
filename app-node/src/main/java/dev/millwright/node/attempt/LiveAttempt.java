package dev.millwright.node.attempt;

import dev.millwright.engine.progress.Action;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.MillwrightException;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.log.LogTail;
import dev.millwright.node.workspace.Workspaces;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt from its journal entry to its reported end.
///
/// One of [#begin], [#resume] and [#repeatEnd] is called once, on a thread of the attempt's own;
/// [#stop] from any thread. An interrupt means that the node goes down: the step is left running.
public final class LiveAttempt {
    private static final Logger log = LoggerFactory.getLogger(LiveAttempt.class);
    private static final long SLOT_MILLIS = 50;

    private final Tools tools;
    private final Assignment assignment;
    private final AttemptFolder folder;
    private final Telling telling;
    private final CompletableFuture<Void> stopRequested = new CompletableFuture<>();
    private @Nullable Execution execution;
    private @Nullable Thread starting;
    private Action.@Nullable Reason stopReason;
    private Duration stopGrace = Duration.ZERO;
    private volatile boolean ended;
    private boolean deleted;

    /// What all attempts of a node share.
    ///
    /// @param slots how many attempts may begin before others have ended
    public record Tools(
            String node,
            Workspaces workspaces,
            Reporter reporter,
            Deadlines deadlines,
            Semaphore slots,
            InstantSource clock) {}

    public LiveAttempt(Tools tools, Assignment assignment, AttemptFolder folder) {
        this.tools = tools;
        this.assignment = assignment;
        this.folder = folder;
        this.telling = new Telling(tools.reporter(), assignment);
    }

    public Assignment assignment() {
        return assignment;
    }

    /// How it stands, for a server that asks.
    public Known known() {
        return Known.of(assignment, ended ? Known.State.ENDED : Known.State.RUNNING);
    }

    /// Prepare the workspace, start the work, follow it to its end.
    public void begin(Carrier runner) throws InterruptedException {
        boolean slot = slot();
        Instant startedAt = tools.clock().instant();
        Runnable takeDeadlineBack = deadline(Duration.ZERO);
        AttemptEnd end;
        try {
            end = slot ? work(runner, startedAt) : unstarted(startedAt, stopped());
        } finally {
            takeDeadlineBack.run();
            if (slot) {
                tools.slots().release();
            }
        }
        report(end);
    }

    private boolean slot() throws InterruptedException {
        while (!tools.slots().tryAcquire(SLOT_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stopRequested.isDone()) {
                return false;
            }
        }
        return true;
    }

    private AttemptEnd work(Carrier runner, Instant startedAt) throws InterruptedException {
        Execution started;
        try {
            Path workspace = workspace();
            Execution own = workspace == null ? null : start(runner, workspace);
            if (own == null) {
                return unstarted(startedAt, stopped());
            }
            started = own;
        } catch (RunnerException refused) {
            return unstarted(startedAt, Verdict.error("start", refused));
        } catch (MillwrightException unprepared) {
            return unstarted(startedAt, Verdict.error("workspace", unprepared));
        } catch (RuntimeException unexpected) {
            log.error("attempt {} could not be started", assignment.attempt(), unexpected);
            String text = "the node could not start it: " + unexpected;
            return unstarted(startedAt, new Verdict(Outcome.ERROR, "node", text, null));
        }
        CrashPoints.hit("K08");
        return follow(started, LogPosition.START, startedAt);
    }

    /// Null when the attempt was stopped in the meantime.
    private @Nullable Path workspace() throws InterruptedException {
        CompletableFuture<Path> ready =
                tools.workspaces().prepare(assignment.run(), assignment.workspaceOrNull());
        try {
            CompletableFuture.anyOf(ready, stopRequested).get();
            return stopRequested.isDone() ? null : ready.get();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof MillwrightException why) {
                throw why;
            }
            throw new IllegalStateException(refused.getCause());
        }
    }

    private @Nullable Execution start(Carrier runner, Path workspace) throws InterruptedException {
        Path directory = Workspaces.directory(workspace, assignment.directoryOrNull());
        Surroundings.write(assignment, folder);
        WorkOrder order =
                Surroundings.order(tools.node(), assignment, folder, workspace, directory);
        boolean atOnce = runner.startsAtOnce();
        synchronized (this) {
            if (stopReason != null) {
                return null;
            }
            starting = atOnce ? null : Thread.currentThread();
        }
        // Without the lock: a runner may take minutes, to fetch an image for instance
        @Nullable Execution started = null;
        try {
            CrashPoints.hit("R02");
            started = runner.knowing(assignment.secrets()).start(order);
        } catch (InterruptedException | RunnerException unstarted) {
            if (!isStopped()) {
                throw unstarted;
            }
        } finally {
            begun(started);
        }
        return started;
    }

    private synchronized boolean isStopped() {
        return stopReason != null;
    }

    private synchronized void begun(@Nullable Execution started) {
        boolean interruptible = starting != null;
        starting = null;
        execution = started;
        if (stopReason != null) {
            if (interruptible) {
                // The interrupt was for the start alone
                var _ = Thread.interrupted();
            }
            if (started != null) {
                started.stop(stopGrace);
            }
        }
    }

    /// Follow work that an earlier life of the node started.
    public void resume(Execution found, LogPosition position) throws InterruptedException {
        synchronized (this) {
            execution = found;
            if (stopReason != null) {
                found.stop(stopGrace);
            } else {
                stopReason = folder.stopRequest().orElse(null);
            }
        }
        Instant startedAt = folder.openedAt();
        Runnable takeDeadlineBack = deadline(folder.age(tools.clock()));
        AttemptEnd end;
        try {
            end = follow(found, position, startedAt);
        } finally {
            takeDeadlineBack.run();
        }
        report(end);
    }

    /// Report once more what had ended before the node went down.
    public void repeatEnd(AttemptEnd end, LogPosition position) throws InterruptedException {
        LogTail tail = tail(position, () -> {});
        tail.end();
        try (TailThread reading = TailThread.start(tail, assignment.attempt())) {
            reading.join();
        }
        report(end);
    }

    /// Ask the work to end, and remember why; the first reason counts.
    public void stop(Action.Reason reason, Duration grace) {
        synchronized (this) {
            if (stopReason == null && !deleted) {
                folder.requestStop(reason);
                stopReason = reason;
            }
            stopGrace = grace;
            if (execution != null) {
                execution.stop(grace);
            } else if (starting != null) {
                starting.interrupt();
            }
        }
        stopRequested.complete(null);
    }

    /// Kill what runs, tell nobody of it, and delete what is left.
    public void abandon() {
        telling.abandon();
        stop(Action.Reason.CANCEL, Duration.ZERO);
    }

    private AttemptEnd follow(Execution work, LogPosition from, Instant startedAt)
            throws InterruptedException {
        LogTail tail = tail(from, () -> work.stop(Duration.ZERO));
        try (TailThread reading = TailThread.start(tail, assignment.attempt())) {
            Execution.Result result = work.await();
            tail.end();
            reading.join();
            return end(result, startedAt, tail);
        }
    }

    /// @param used of the time that it may take
    private Runnable deadline(Duration used) {
        if (assignment.timeoutOrNull() == null) {
            return () -> {};
        }
        Duration left = assignment.timeoutOrNull().minus(used);
        return tools.deadlines().after(left, () -> stop(Action.Reason.TIMEOUT, assignment.grace()));
    }

    private LogTail tail(LogPosition from, Runnable onLimit) {
        return new LogTail(
                folder.home().resolve("out"),
                folder.home().resolve("err"),
                from,
                assignment.logLimit(),
                telling::log,
                onLimit,
                tools.clock());
    }

    private synchronized AttemptEnd end(Execution.Result result, Instant startedAt, LogTail tail) {
        long limit = tail.isLimitReached() ? assignment.logLimit() : -1;
        Verdict verdict = Verdict.of(result, stopReason, limit);
        Map<String, String> outputs = Map.of();
        try {
            if (verdict.outcome() == Outcome.SUCCESS || verdict.outcome() == Outcome.FAILURE) {
                outputs = outputs();
            }
        } catch (MillwrightException unusable) {
            // A step that failed need not have got as far as its outputs
            if (verdict.outcome() == Outcome.SUCCESS) {
                verdict =
                        new Verdict(
                                Outcome.ERROR,
                                "outputs",
                                String.valueOf(unusable.getMessage()),
                                verdict.code());
            }
        }
        return end(startedAt, verdict, outputs, tail.position());
    }

    private Map<String, String> outputs() {
        Path workspace = tools.workspaces().of(assignment.run());
        return Outputs.collect(
                folder.outputFile(),
                assignment.outputs(),
                workspace,
                Workspaces.directory(workspace, assignment.directoryOrNull()));
    }

    private synchronized Verdict stopped() {
        return Verdict.stopped(stopReason == null ? Action.Reason.CANCEL : stopReason, null);
    }

    private AttemptEnd unstarted(Instant startedAt, Verdict verdict) {
        return end(startedAt, verdict, Map.of(), LogPosition.START);
    }

    private AttemptEnd end(
            Instant startedAt, Verdict verdict, Map<String, String> outputs, LogPosition position) {
        return new AttemptEnd(
                verdict.outcome(),
                verdict.cause(),
                verdict.message(),
                verdict.code(),
                outputs,
                startedAt,
                tools.clock().instant(),
                position.line(),
                position.outOffset(),
                position.errOffset());
    }

    /// The end is written down only when it cannot be told at once: the runner's files tell it too.
    private void report(AttemptEnd end) throws InterruptedException {
        ended = true;
        telling.ended(end, folder::close);
        delete();
    }

    /// A stop that comes at this moment leaves nothing behind in the folder.
    private synchronized void delete() {
        deleted = true;
        folder.delete();
    }
}
