package dev.millwright.node.agent;

import dev.millwright.engine.binding.SecretSource;
import dev.millwright.engine.progress.Action;
import dev.millwright.model.AttemptId;
import dev.millwright.model.CrashPoints;
import dev.millwright.model.RunId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.GivenUpException;
import dev.millwright.node.Known;
import dev.millwright.node.MissingRunnerException;
import dev.millwright.node.NodeException;
import dev.millwright.node.NodeReports;
import dev.millwright.node.Settlement;
import dev.millwright.node.attempt.AttemptFolder;
import dev.millwright.node.attempt.Carrier;
import dev.millwright.node.attempt.Deadlines;
import dev.millwright.node.attempt.LiveAttempt;
import dev.millwright.node.attempt.Reporter;
import dev.millwright.node.git.GitCache;
import dev.millwright.node.workspace.Workspaces;
import dev.millwright.plugin.runner.Runner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carry out attempts. Methods are called from any thread.
///
/// 1. [#create] takes the workspace root; it throws [NodeException] when another process has it.
/// 2. [#hello] tells what is left from before, and [#settle] answers for each of them.
/// 3. [#start] and [#stop] in any order; what happens is told to [NodeReports].
/// 4. [#close] leaves running steps alone, so that the next life finds them again.
public final class NodeAgent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeAgent.class);

    private static final Duration LAST = Duration.ofSeconds(2);

    private final Path journal;
    private final Runners runners;
    private final SecretSource secrets = new MachineSecrets(System.getenv());
    private final GitCache cache;
    private final Workspaces workspaces;
    private final Deadlines deadlines = new Deadlines();
    private final LiveAttempt.Tools tools;
    private final Map<AttemptId, LiveAttempt> live = new ConcurrentHashMap<>();
    private final AttemptThreads threads = new AttemptThreads();
    private final Recollection before;
    private volatile boolean closed;
    private final GivenUp givenUp = new GivenUp();

    private NodeAgent(NodeSettings settings, Runners runners, NodeReports reports) {
        this.journal = settings.root().resolve("attempts");
        this.runners = runners;
        this.cache =
                GitCache.create(
                        settings.root().resolve("git"),
                        settings.git(),
                        List.of(settings.workspaceRoot()));
        this.workspaces = Workspaces.create(settings.workspaceRoot(), cache);
        this.tools =
                new LiveAttempt.Tools(
                        settings.name(),
                        workspaces,
                        new Reporter(reports),
                        deadlines,
                        new Semaphore(settings.slots(), true),
                        InstantSource.system());
        this.before = Recollection.of(settings.root(), journal, this::carrier, workspaces);
        runners.sweep(before.running());
    }

    public static NodeAgent create(
            NodeSettings settings, List<Runner<?>> runners, NodeReports reports) {
        return create(settings, Runners.of(runners), reports);
    }

    /// With runners that come and go.
    public static NodeAgent create(NodeSettings settings, Runners runners, NodeReports reports) {
        return new NodeAgent(settings, runners, reports);
    }

    private Optional<Carrier> carrier(String kind) {
        return runners.find(kind).map(runner -> new Carrier(runner, secrets));
    }

    /// The kinds of leaves that this node can carry out.
    public Set<String> runnerKinds() {
        return runners.kinds();
    }

    /// Kinds of leaves that it knows of and cannot carry out now, and why.
    public Map<String, String> missingRunners() {
        return runners.missing();
    }

    /// All attempts that it knows and that have not ended.
    public Set<AttemptId> unfinished() {
        Set<AttemptId> all = new HashSet<>(before.running());
        all.addAll(live.keySet());
        return all;
    }

    /// Whether it knows attempts of that kind.
    public boolean hasWorkOf(String kind) {
        return before.hasWorkOf(kind)
                || live.values().stream()
                        .anyMatch(attempt -> attempt.assignment().runner().equals(kind));
    }

    /// The git caches, which the server shares for looking into repositories.
    public GitCache gitCache() {
        return cache;
    }

    /// Take an attempt: write it into the journal and start it on a thread of its own. The same
    /// attempt again has no effect. Throws [NodeException] when it could not be written,
    /// [MissingRunnerException] or [GivenUpException] when only this one is not taken.
    public void start(Assignment assignment) {
        if (closed) {
            throw new NodeException("the node goes down and takes no further attempts");
        }
        CrashPoints.hit("K07");
        Carrier runner = carrierForNew(assignment);
        AttemptFolder folder = AttemptFolder.of(journal, assignment.attempt());
        LiveAttempt attempt = new LiveAttempt(tools, assignment, folder);
        synchronized (givenUp) {
            if (givenUp.has(assignment.attempt())) {
                throw new GivenUpException(assignment.attempt());
            }
            if (folder.exists() || live.putIfAbsent(assignment.attempt(), attempt) != null) {
                return;
            }
        }
        try {
            folder.open(assignment);
        } catch (NodeException refused) {
            live.remove(assignment.attempt());
            folder.delete();
            throw refused;
        }
        run(attempt, () -> attempt.begin(runner));
    }

    /// Of what was taken before, the runner may take nothing new by now.
    private Carrier carrierForNew(Assignment assignment) {
        String kind = assignment.runner();
        if (!runners.kinds().contains(kind) && !knows(assignment.attempt())) {
            String why = runners.missing().get(kind);
            throw new MissingRunnerException(
                    why == null
                            ? "this node has no runner '%s'".formatted(kind)
                            : "this node cannot use its runner '%s': %s".formatted(kind, why));
        }
        return carrier(kind)
                .orElseThrow(() ->
                        new MissingRunnerException("this node has no runner '%s'".formatted(kind)));
    }

    /// Work that an interrupt ends.
    private interface Work {
        void run() throws InterruptedException;
    }

    private void run(LiveAttempt attempt, Work work) {
        AttemptId id = attempt.assignment().attempt();
        live.put(id, attempt);
        threads.start("attempt", id, () -> run(id, work));
    }

    private void run(AttemptId id, Work work) {
        try {
            work.run();
        } catch (InterruptedException goingDown) {
            log.debug("attempt {} is left to the next life", id);
        } catch (RuntimeException unexpected) {
            log.error("attempt {} is lost to a fault", id, unexpected);
            // Its process may live on: the next settlement decides about it
            before.add(AttemptFolder.of(journal, id));
        } finally {
            live.remove(id);
        }
    }

    /// Say that an attempt of which this node knows nothing is not to be taken any more, because
    /// its assignment was lost on the way. False when the node does know it.
    public boolean refuseUnknown(AttemptId attempt) {
        synchronized (givenUp) {
            if (!knows(attempt)) {
                givenUp.add(attempt);
                return true;
            }
            return false;
        }
    }

    /// Whether the attempt was taken and is not over.
    public boolean knows(AttemptId attempt) {
        return live.containsKey(attempt)
                || before.knows(attempt)
                || AttemptFolder.of(journal, attempt).exists();
    }

    /// Ask a live attempt to end; its end is reported as usual. False when this node knows nothing
    /// of the attempt.
    public boolean stop(AttemptId attempt, Action.Reason reason, Duration grace) {
        LiveAttempt known = live.get(attempt);
        if (known == null) {
            return false;
        }
        known.stop(reason, grace);
        return true;
    }

    /// Every attempt that was taken and is not over: what the journal holds from before this agent
    /// was created, and what is live. An attempt that is not in it was never taken, unless the
    /// agent [#mayHaveForgotten()]. Not to be called while [#start] or [#settle] is.
    public List<Known> hello() {
        Map<AttemptId, Known> all = new LinkedHashMap<>();
        live.values().forEach(one -> all.put(one.assignment().attempt(), one.known()));
        before.known().forEach(one -> all.putIfAbsent(one.attempt(), one));
        return List.copyOf(all.values());
    }

    /// Wait until no attempt is under way, or that time is over.
    public void awaitIdle(Duration time) throws InterruptedException {
        threads.awaitIdle(time);
    }

    /// Whether attempts may have been taken of which the journal knows nothing: it is not forced to
    /// disk, so after a restart of the machine it proves nothing by what it lacks.
    public boolean mayHaveForgotten() {
        return !before.isComplete();
    }

    /// The server has said what is to become of all that was lost.
    public void caughtUp() {
        before.completed();
    }

    /// Say what is to become of a known attempt. One that is live and continues goes on as it is.
    public void settle(AttemptId attempt, Settlement settlement) {
        Recollection.Before left = before.take(attempt).orElse(null);
        if (left == null) {
            LiveAttempt known = live.get(attempt);
            if (known != null && !(settlement instanceof Settlement.Continue)) {
                known.abandon();
            }
            return;
        }
        switch (settlement) {
            case Settlement.Continue(var position) -> goOn(left, position);
            case Settlement.Forget _, Settlement.Fenced _ -> {
                left.work().ifPresent(work -> work.stop(Duration.ZERO));
                threads.start("abandon", attempt, () -> abandon(left));
            }
        }
    }

    private void goOn(Recollection.Before left, LogPosition position) {
        AttemptFolder folder = left.folder();
        LiveAttempt again = new LiveAttempt(tools, left.assignment(), folder);
        Optional<AttemptEnd> end = folder.end();
        if (end.isPresent()) {
            run(again, () -> again.repeatEnd(end.get(), position));
        } else if (left.work().isPresent()) {
            run(again, () -> again.resume(left.work().get(), position));
        } else if (left.state() == Known.State.LOST) {
            run(again, () -> again.repeatEnd(left.lost(position), position));
        } else {
            folder.delete();
        }
    }

    private static void abandon(Recollection.Before left) {
        try {
            if (left.work().isPresent()) {
                left.work().get().await();
            }
            left.folder().delete();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Delete the workspace of a run that is over. Returns at once.
    public void forgetRun(RunId run) {
        workspaces.forget(run);
    }

    /// Where the journal is, whose folders also hold the output of steps.
    public Path journal() {
        return journal;
    }

    /// The runs that have a workspace here; those that are over may be forgotten.
    public List<RunId> runs() {
        return workspaces.runs();
    }

    /// Stop reporting and let go of everything but the running steps.
    @Override
    public void close() {
        closed = true;
        threads.interrupt();
        deadlines.close();
        workspaces.close();
        try {
            threads.awaitIdle(LAST);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
