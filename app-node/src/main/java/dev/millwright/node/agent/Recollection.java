package dev.millwright.node.agent;

import dev.millwright.model.AttemptId;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.Known;
import dev.millwright.node.NodeException;
import dev.millwright.node.attempt.AttemptFolder;
import dev.millwright.node.attempt.Carrier;
import dev.millwright.node.process.GivenSecrets;
import dev.millwright.node.process.MachineBoot;
import dev.millwright.node.workspace.Workspaces;
import dev.millwright.plugin.runner.Execution;
import dev.millwright.plugin.runner.RunnerException;
import dev.millwright.plugin.runner.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the journal tells about the lives before this one. Called from any thread.
final class Recollection {
    private static final Logger log = LoggerFactory.getLogger(Recollection.class);

    private final Function<String, Optional<Carrier>> runners;
    private final Workspaces workspaces;
    private final Map<AttemptId, Before> attempts = new ConcurrentHashMap<>();
    private volatile boolean complete;

    /// One attempt of an earlier life.
    ///
    /// @param work what is found of it by its runner
    record Before(
            AttemptFolder folder,
            Assignment assignment,
            Known.State state,
            Optional<Execution> work) {
        /// The end of an attempt that may have been started and left nothing.
        AttemptEnd lost(LogPosition position) {
            return new AttemptEnd(
                    Outcome.ERROR,
                    AttemptEnd.LOST,
                    "nobody can tell whether the step ran: the machine was restarted, or its runner is gone",
                    null,
                    Map.of(),
                    folder.openedAt(),
                    Instant.now(),
                    position.line(),
                    position.outOffset(),
                    position.errOffset());
        }
    }

    private Recollection(Function<String, Optional<Carrier>> runners, Workspaces workspaces) {
        this.runners = runners;
        this.workspaces = workspaces;
    }

    static Recollection of(
            Path root,
            Path journal,
            Function<String, Optional<Carrier>> runners,
            Workspaces workspaces) {
        Recollection recollection = new Recollection(runners, workspaces);
        recollection.complete = isSameBootAsLastTime(root);
        for (AttemptFolder folder : AttemptFolder.all(journal)) {
            recollection.add(folder);
        }
        return recollection;
    }

    private static boolean isSameBootAsLastTime(Path root) {
        Path file = root.resolve("boot");
        String now = MachineBoot.id();
        try {
            boolean same = Files.exists(file) && Files.readString(file).strip().equals(now);
            if (!same) {
                Files.createDirectories(root);
                Files.writeString(file, now + "\n");
            }
            return same;
        } catch (IOException broken) {
            throw new NodeException(
                    "the node's folder %s cannot be used: %s".formatted(root, broken.getMessage()),
                    broken);
        }
    }

    /// Look at an attempt as if the node had been started again. It must not be live.
    void add(AttemptFolder folder) {
        Optional<Assignment> entry = folder.assignment();
        if (entry.isEmpty()) {
            log.error("the journal's entry {} is damaged; its attempt is lost", folder.id());
            complete = false;
            return;
        }
        Assignment assignment = entry.get();
        Assignment known = assignment;
        Optional<Execution> work = Optional.empty();
        Known.State state;
        if (folder.end().isPresent()) {
            state = Known.State.ENDED;
        } else {
            Optional<Carrier> runner = runners.apply(assignment.runner());
            boolean told = runner.isPresent();
            try {
                Optional<Execution> found =
                        runner.flatMap(one -> attach(one, order(folder, assignment)));
                if (found.isPresent()) {
                    known = assignment.withSecrets(GivenSecrets.of(folder.home(), assignment));
                }
                work = found;
            } catch (RunnerException unknown) {
                log.warn(
                        "attempt {} is lost: its runner cannot tell about it: {}",
                        assignment.attempt(),
                        unknown.getMessage());
                told = false;
            }
            // Without work it never began, unless a crash of the machine took the traces with it
            boolean proven = told && folder.isOfThisBoot();
            Known.State unfound = proven ? Known.State.NEVER_STARTED : Known.State.LOST;
            state = work.isPresent() ? Known.State.RUNNING : unfound;
        }
        attempts.put(assignment.attempt(), new Before(folder, known, state, work));
    }

    private static Optional<Execution> attach(Carrier runner, WorkOrder order) {
        try {
            return runner.attach(order);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while looking for " + order.attempt(), stopped);
        }
    }

    /// Enough of the order to find the work again.
    private WorkOrder order(AttemptFolder folder, Assignment assignment) {
        Path workspace = workspaces.of(assignment.run());
        return new WorkOrder(
                assignment.attempt(),
                folder.home(),
                workspace,
                workspace,
                assignment.environment(),
                assignment.parameters());
    }

    /// Whether every attempt that was ever taken and not settled is in here.
    boolean isComplete() {
        return complete;
    }

    void completed() {
        complete = true;
    }

    boolean knows(AttemptId attempt) {
        return attempts.containsKey(attempt);
    }

    List<Known> known() {
        return attempts.values().stream()
                .map(before -> Known.of(before.assignment(), before.state()))
                .toList();
    }

    /// The attempts whose work was found.
    Set<AttemptId> running() {
        return attempts.values().stream()
                .filter(before -> before.work().isPresent())
                .map(before -> before.assignment().attempt())
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean hasWorkOf(String kind) {
        return attempts.values().stream()
                .anyMatch(before -> before.assignment().runner().equals(kind));
    }

    /// The attempt, once.
    Optional<Before> take(AttemptId attempt) {
        return Optional.ofNullable(attempts.remove(attempt));
    }
}
