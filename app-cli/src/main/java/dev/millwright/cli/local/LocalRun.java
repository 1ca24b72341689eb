package dev.millwright.cli.local;

import dev.millwright.cli.tree.RunProgress;
import dev.millwright.cli.tree.Snapshot;
import dev.millwright.cli.tree.StepNames;
import dev.millwright.engine.expression.ReferenceException;
import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Decision;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.model.AttemptId;
import dev.millwright.model.NodeName;
import dev.millwright.model.log.LogChunk;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import dev.millwright.model.run.StepState;
import dev.millwright.node.Assignment;
import dev.millwright.node.AttemptEnd;
import dev.millwright.node.NodeReports;
import dev.millwright.node.agent.NodeAgent;
import dev.millwright.node.log.SecretMask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Drives one run in memory: decides, starts and stops attempts on the node, and shows how it goes.
/// One thread owns the state; everybody else sends messages.
final class LocalRun implements NodeReports {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int MOST_MESSAGES = 1_000;

    /// What other threads have to say.
    private sealed interface Message {
        record Happened(Signal signal) implements Message {}

        record Printed(StepPath path, int attempt, LogChunk chunk) implements Message {}

        record Interrupted() implements Message {}
    }

    /// @param mask covers the secrets that the attempt was given
    private record Attempt(StepPath path, int number, SecretMask mask) {}

    private final Plan plan;
    private final LocalAssignments assignments;
    private final Progress progress;
    private final RunProgress screen;
    private final Approver approver;
    private final String detail;
    private final StepNames names;
    private final Instant startedAt = Instant.now();
    private final LocalLogs logs = new LocalLogs();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final Map<AttemptId, Attempt> attempts = new ConcurrentHashMap<>();
    private final Map<StepPath, AttemptId> live = new HashMap<>();
    private final Map<StepPath, Instant> tries = new HashMap<>();
    private RunState state;
    private int interrupts;

    /// Decides about steps that wait for a yes or no.
    interface Approver {
        boolean approves(Step.Approve step);
    }

    LocalRun(
            LocalAssignments assignments,
            RunState state,
            Progress progress,
            RunProgress screen,
            Approver approver,
            String detail) {
        this.plan = assignments.plan();
        this.assignments = assignments;
        this.state = state;
        this.progress = progress;
        this.screen = screen;
        this.approver = approver;
        this.detail = detail;
        this.names = StepNames.of(LocalSteps.views(plan, state, Map.of(), startedAt));
    }

    /// Run to the end.
    Snapshot run(LocalNode node) {
        Decision decision = decide(node, List.of());
        while (!state.isFinished() && interrupts < 3) {
            List<Signal> signals = await(decision.wakeAtOrNull());
            Instant wake = decision.wakeAtOrNull();
            if (!signals.isEmpty() || (wake != null && !Instant.now().isBefore(wake))) {
                decision = decide(node, signals);
            } else {
                screen.tick();
            }
        }
        drainOutput();
        return snapshot();
    }

    /// Ctrl-C: the first cancels the run, the second also its teardown, the third gives up.
    void interrupt() {
        messages.add(new Message.Interrupted());
    }

    boolean isInterrupted() {
        return interrupts > 0;
    }

    LocalLogs logs() {
        return logs;
    }

    @Override
    public void log(AttemptId id, long fence, LogChunk chunk) {
        Attempt attempt = attempts.get(id);
        if (attempt != null) {
            messages.add(
                    new Message.Printed(
                            attempt.path(), attempt.number(), attempt.mask().chunk(chunk)));
        }
    }

    @Override
    public void ended(AttemptId id, long fence, AttemptEnd end) {
        Attempt attempt = attempts.get(id);
        if (attempt != null) {
            messages.add(
                    new Message.Happened(
                            new Signal.Ended(
                                    attempt.path(),
                                    attempt.number(),
                                    end.outcome(),
                                    end.cause(),
                                    attempt.mask().text(end.message()),
                                    end.exitCodeOrNull(),
                                    masked(attempt.mask(), end.outputs()))));
        }
    }

    private static Map<String, String> masked(SecretMask mask, Map<String, String> outputs) {
        Map<String, String> masked = new HashMap<>(outputs);
        masked.replaceAll((_, value) -> mask.text(value));
        return masked;
    }

    private Decision decide(LocalNode node, List<Signal> signals) {
        Decision decision = progress.next(plan, state, signals, Instant.now());
        state = decision.state();
        List<Signal> answers = new ArrayList<>();
        decision.actions().forEach(action -> carryOut(node, action, answers));
        screen.show(snapshot());
        return answers.isEmpty() ? decision : decide(node, answers);
    }

    private void carryOut(LocalNode node, Action action, List<Signal> answers) {
        switch (action) {
            case Action.Start(StepPath path, int attempt) ->
                    start(node, (Step.Run) plan.step(path), attempt, answers);
            case Action.Stop(StepPath path, int _, Action.Reason reason) -> {
                AttemptId id = live.get(path);
                if (id != null) {
                    node.agent().stop(id, reason, grace());
                }
            }
            case Action.AskApproval(StepPath path) -> {
                boolean yes = approver.approves((Step.Approve) plan.step(path));
                answers.add(new Signal.Answered(path, yes, "local", ""));
            }
            case Action.Finish _ -> {}
        }
    }

    private Duration grace() {
        return interrupts > 1 ? Duration.ZERO : Assignment.DEFAULT_GRACE;
    }

    private void start(LocalNode node, Step.Run step, int attempt, List<Signal> answers) {
        NodeAgent agent = node.agent();
        answers.add(new Signal.Assigned(step.path(), attempt, NodeName.LOCAL));
        tries.put(step.path(), Instant.now());
        if (!agent.runnerKinds().contains(step.runner())) {
            answers.add(
                    error(
                            step,
                            attempt,
                            StepState.NO_NODE,
                            "there is no runner '%s' here".formatted(step.runner())));
            return;
        }
        try {
            Assignment assignment = assignments.make(state, step, attempt);
            attempts.put(
                    assignment.attempt(),
                    new Attempt(
                            step.path(), attempt, SecretMask.of(assignment.secrets().values())));
            live.put(step.path(), assignment.attempt());
            node.start(assignment);
        } catch (LocalSecrets.MissingException missing) {
            answers.add(error(step, attempt, "secret", String.valueOf(missing.getMessage())));
        } catch (ReferenceException missing) {
            answers.add(error(step, attempt, "reference", String.valueOf(missing.getMessage())));
        }
    }

    private static Signal error(Step.Run step, int attempt, String cause, String message) {
        return new Signal.Ended(
                step.path(), attempt, Outcome.ERROR, cause, message, null, Map.of());
    }

    /// Wait for messages; print what is to be printed and give the rest.
    private List<Signal> await(@Nullable Instant wake) {
        Duration wait = TICK;
        if (wake != null) {
            Duration left = Duration.between(Instant.now(), wake);
            wait = left.compareTo(TICK) < 0 ? left : TICK;
        }
        List<Message> taken = new ArrayList<>();
        try {
            Message first = messages.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
            if (first != null) {
                taken.add(first);
                messages.drainTo(taken, MOST_MESSAGES);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            taken.add(new Message.Interrupted());
        }
        List<Signal> signals = new ArrayList<>();
        for (Message message : taken) {
            switch (message) {
                case Message.Happened(Signal signal) -> signals.add(signal);
                case Message.Printed(StepPath path, int attempt, LogChunk chunk) ->
                        print(path, attempt, chunk);
                case Message.Interrupted() -> {
                    interrupts++;
                    signals.add(new Signal.CancelRequested("Ctrl-C", "", interrupts > 1));
                }
            }
        }
        return signals;
    }

    private void drainOutput() {
        List<Message> rest = new ArrayList<>();
        messages.drainTo(rest);
        for (Message message : rest) {
            if (message instanceof Message.Printed(StepPath path, int attempt, LogChunk chunk)) {
                print(path, attempt, chunk);
            }
        }
    }

    private void print(StepPath path, int attempt, LogChunk chunk) {
        logs.take(path, attempt, chunk).forEach(line -> screen.log(names.of(path), line));
    }

    private Snapshot snapshot() {
        Instant now = Instant.now();
        return new Snapshot(
                plan.head().pipeline(),
                detail,
                interrupts == 1 && !state.isFinished() ? "Ctrl-C again skips the teardown" : "",
                LocalSteps.status(state),
                LocalSteps.views(plan, state, tries, now),
                Duration.between(startedAt, now),
                System.nanoTime());
    }
}
