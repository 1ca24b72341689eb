package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Retry;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What really happened, seen from outside of the system, and what must never happen. One thread.
final class Truth {
    /// A process that was forked for an attempt.
    ///
    /// @param outcome how it ended; empty while it is alive, and when nobody saw its end
    /// @param chunks of log that it printed
    record Process(
            long attempt, String node, boolean alive, Optional<Outcome> outcome, int chunks) {
        Process ended(Outcome how) {
            return new Process(attempt, node, false, Optional.of(how), chunks);
        }

        Process vanished() {
            return new Process(attempt, node, false, Optional.empty(), chunks);
        }
    }

    private final Store store;
    private final Map<Long, Process> processes = new LinkedHashMap<>();

    Truth(Store store) {
        this.store = store;
    }

    Optional<Process> process(long attempt) {
        return Optional.ofNullable(processes.get(attempt));
    }

    boolean isAlive(long attempt) {
        return process(attempt).filter(Process::alive).isPresent();
    }

    List<Process> alive() {
        return processes.values().stream().filter(Process::alive).toList();
    }

    void forked(long attempt, String node, int chunks) {
        check(!processes.containsKey(attempt), attempt, "is forked twice");
        AttemptRow row = row(attempt);
        check(
                !row.cause().equals(AttemptRow.NEVER_STARTED),
                attempt,
                "starts after it counted as never started");
        for (AttemptRow other : leaf(row)) {
            if (processes.containsKey(other.id())) {
                boolean over = other.cause().equals(AttemptRow.REPORTED);
                check(over || mayRepeat(row), attempt, "runs its step once more, after " + other);
                check(
                        !other.isLive() || !row.isLive(),
                        attempt,
                        "starts while another live attempt of its step has started: " + other);
            }
        }
        if (row.isLive()) {
            checkOrder(row);
        }
        processes.put(attempt, new Process(attempt, node, true, Optional.empty(), chunks));
    }

    void ended(long attempt, Outcome outcome) {
        processes.computeIfPresent(attempt, (_, it) -> it.alive() ? it.ended(outcome) : it);
    }

    /// The machine went down.
    void vanish(String node) {
        processes.replaceAll((_, it) -> it.alive() && it.node().equals(node) ? it.vanished() : it);
    }

    /// Look at what a server stores about the end of an attempt.
    void closed(AttemptRow row, Optional<Outcome> outcome) {
        Optional<Process> process = process(row.id());
        switch (row.cause()) {
            case AttemptRow.NEVER_STARTED ->
                    check(process.isEmpty(), row.id(), "counts as never started and was forked");
            case AttemptRow.REPORTED -> {
                check(
                        process.isEmpty() || process.get().outcome().equals(outcome),
                        row.id(),
                        "is stored with another end than its own");
                check(
                        process.map(Process::chunks).orElse(0) == row.logs(),
                        row.id(),
                        "ends with another log than its own");
            }
            default -> {}
        }
    }

    /// After every change of a run.
    void checkLive(int run) {
        List<AttemptRow> live = store.ofRun(run).stream().filter(AttemptRow::isLive).toList();
        for (AttemptRow one : live) {
            boolean twice =
                    live.stream().anyMatch(it -> it != one && it.position() == one.position());
            check(!twice, one.id(), "is one of two live attempts of a step");
        }
    }

    private List<AttemptRow> leaf(AttemptRow row) {
        return store.ofRun(row.run()).stream()
                .filter(it -> it.position() == row.position() && it.id() != row.id())
                .toList();
    }

    private AttemptRow row(long attempt) {
        return store.attempt(attempt)
                .orElseThrow(() -> new AssertionError(attempt + " was never stored, and runs"));
    }

    /// Steps of a sequence come one after the other; what was given up does not count.
    private void checkOrder(AttemptRow row) {
        Plan plan = store.run(row.run()).plan();
        StepPath path = plan.step(row.position()).path();
        for (Process process : alive()) {
            AttemptRow other = row(process.attempt());
            if (other.run() == row.run() && other.isLive()) {
                StepPath beside = plan.step(other.position()).path();
                check(
                        !(meeting(plan, path, beside) instanceof Step.Sequence),
                        row.id(),
                        "runs beside %s, which is another step of its sequence".formatted(beside));
            }
        }
    }

    /// The innermost group that holds both.
    private static Step meeting(Plan plan, StepPath one, StepPath other) {
        return groups(plan, one).stream()
                .filter(it -> other.isWithin(it.path()))
                .reduce((_, inner) -> inner)
                .orElseThrow();
    }

    private static List<Step> groups(Plan plan, StepPath path) {
        List<Step> groups = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.Group && path.isWithin(step.path())) {
                groups.add(step);
            }
        }
        return groups;
    }

    /// Whether the step or a group around it says that what got lost is run again.
    private boolean mayRepeat(AttemptRow row) {
        Plan plan = store.run(row.run()).plan();
        Step leaf = plan.step(row.position());
        return leaf.options().onLost() == StepOptions.OnLost.RETRY
                || leaf.options().retry().on().contains(Retry.Cause.LOST)
                || groups(plan, leaf.path()).stream()
                        .anyMatch(it -> it.options().retry().attempts() > 1);
    }

    static void check(boolean holds, long attempt, String problem) {
        if (!holds) {
            throw new AssertionError("attempt %d %s".formatted(attempt, problem));
        }
    }
}
