package dev.millwright.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.NodeName;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunPhase;
import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Play a script of events over a plan and look at the tree that comes of it.
///
/// A line holds one event, and after `=>` the actions that it must lead to (`none` for no action):
/// `start`, `take S`, `end S OUTCOME [CAUSE]`, `lose S`, `never S`, `no-node S`, `approve S`,
/// `reject S`, `cancel`, `admit`, `pass 5m`. `S` is a step's name, or `name#2` for an attempt other
/// than the current one. Lines joined by `&` are one call with several signals.
final class Scenario {
    /// Holds for `yes`, is broken for `broken`; `NAME:OUTCOME` asks for the outcome of a step.
    static final Conditions CONDITIONS = Scenario::test;

    static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Progress progress = new Progress(CONDITIONS);
    private final Plan plan;
    private RunState state;
    private Instant now = BEGIN;
    private Optional<Instant> wakeAt = Optional.empty();

    private Scenario(Plan plan, RunState state) {
        this.plan = plan;
        this.state = state;
    }

    static Scenario of(String tree) {
        Plan plan = Tree.plan(tree);
        return new Scenario(plan, RunState.initial(plan.size()));
    }

    Scenario blocked() {
        return new Scenario(plan, new RunState(RunPhase.BLOCKED, null, state.steps()));
    }

    /// Begin a rerun of what has come of this one.
    Scenario rerun(RerunMode mode) {
        return new Scenario(plan, Rerun.initial(plan, state, mode, Optional.empty()));
    }

    Scenario rerunFrom(String name) {
        Optional<StepPath> from = Optional.of(path(name));
        return new Scenario(plan, Rerun.initial(plan, state, RerunMode.FROM, from));
    }

    Scenario play(String script) {
        script.lines().filter(line -> !line.isBlank()).map(String::strip).forEach(this::line);
        return this;
    }

    Scenario shows(String tree) {
        assertThat(Tree.show(plan, state)).isEqualTo(tree);
        return this;
    }

    Scenario runIs(RunPhase phase) {
        assertThat(state.phase()).isEqualTo(phase);
        return this;
    }

    Scenario endsWith(Outcome outcome) {
        assertThat(state.outcome()).contains(outcome);
        return runIs(RunPhase.FINISHED);
    }

    Scenario wakesAfter(String time) {
        assertThat(wakeAt).contains(BEGIN.plus(Tree.duration(time)));
        return this;
    }

    Scenario needsNoWake() {
        assertThat(wakeAt).isEmpty();
        return this;
    }

    Scenario says(String name, String message) {
        assertThat(state.step(index(name)).message()).isEqualTo(message);
        return this;
    }

    Scenario asksFor(String actions) {
        assertThat(show(progress.outstanding(plan, state))).isEqualTo(actions);
        return this;
    }

    Plan plan() {
        return plan;
    }

    RunState state() {
        return state;
    }

    private void line(String line) {
        String[] halves = line.split("=>");
        List<Signal> signals =
                Arrays.stream(halves[0].split("&"))
                        .map(String::strip)
                        .flatMap(event -> signal(event).stream())
                        .toList();
        Decision decision = progress.next(plan, state, signals, now);
        if (halves.length > 1) {
            assertThat(show(decision.actions())).as(line).isEqualTo(halves[1].strip());
        }
        state = decision.state();
        wakeAt = decision.wakeAt();
        Decision again = progress.next(plan, state, List.of(), now);
        assertThat(again.state()).as("after '%s' nothing is left", line).isSameAs(state);
        assertThat(again.actions()).isEmpty();
        assertThat(again.wakeAt()).isEqualTo(wakeAt);
    }

    private Optional<Signal> signal(String event) {
        String[] words = event.split(" +");
        return switch (words[0]) {
            case "start" -> Optional.empty();
            case "pass" -> {
                now = now.plus(Tree.duration(words[1]));
                yield Optional.empty();
            }
            case "cancel" -> Optional.of(new Signal.CancelRequested("ada", "no longer needed"));
            case "force" ->
                    Optional.of(new Signal.CancelRequested("ada", "no longer needed", true));
            case "admit" -> Optional.of(new Signal.Admitted());
            case "approve" -> Optional.of(answer(words[1], true));
            case "reject" -> Optional.of(answer(words[1], false));
            default -> Optional.of(attemptSignal(words));
        };
    }

    private Signal answer(String name, boolean approved) {
        return new Signal.Answered(path(name), approved, "ada", "");
    }

    private Signal attemptSignal(String[] words) {
        String[] target = words[1].split("#");
        StepPath path = path(target[0]);
        int attempt =
                target.length > 1
                        ? Integer.parseInt(target[1])
                        : state.step(index(target[0])).attempt();
        return switch (words[0]) {
            case "take" -> new Signal.Assigned(path, attempt, new NodeName("local"));
            case "no-node" -> new Signal.NotPlaced(path, attempt, "no-node", "No node is free.");
            case "lose" -> new Signal.Lost(path, attempt, "The node is gone.");
            case "never" -> new Signal.NeverStarted(path, attempt);
            case "end" ->
                    new Signal.Ended(
                            path,
                            attempt,
                            Outcome.valueOf(words[2].toUpperCase(Locale.ROOT)),
                            words.length > 3 ? words[3] : "",
                            "",
                            words[2].equals("success") ? 0 : 1,
                            Map.of("from", words[1]));
            default -> throw new IllegalArgumentException("event " + words[0]);
        };
    }

    private String show(List<Action> actions) {
        return actions.isEmpty()
                ? "none"
                : actions.stream().map(this::show).collect(Collectors.joining(", "));
    }

    private String show(Action action) {
        return switch (action) {
            case Action.Start(StepPath path, int attempt) ->
                    "start %s%s".formatted(name(path), attempt > 1 ? "#" + attempt : "");
            case Action.Stop(StepPath path, int attempt, Action.Reason reason) ->
                    "stop %s%s %s"
                            .formatted(
                                    name(path),
                                    attempt > 1 ? "#" + attempt : "",
                                    reason.name().toLowerCase(Locale.ROOT));
            case Action.AskApproval(StepPath path) -> "ask " + name(path);
            case Action.Finish(Outcome outcome) -> "finish " + outcome.word();
        };
    }

    private String name(StepPath path) {
        return plan.step(path).name();
    }

    private StepPath path(String name) {
        return plan.step(index(name)).path();
    }

    private int index(String name) {
        for (int i = 0; i < plan.size(); i++) {
            if (plan.step(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no step " + name);
    }

    private static Conditions.Verdict test(Plan plan, Step step, RunState state) {
        String expression = step.options().when().clauses().getFirst().expressionOrNull();
        return switch (String.valueOf(expression)) {
            case "yes" -> new Conditions.Verdict.Holds();
            case "no" -> new Conditions.Verdict.Fails("The condition does not hold.");
            case "broken" -> new Conditions.Verdict.Broken("The condition is broken.");
            case String other -> {
                String[] parts = other.split(":");
                boolean holds =
                        plan.steps().stream()
                                .filter(some -> some.name().equals(parts[0]))
                                .map(some -> state.step(plan.indexOf(some.path())).outcome())
                                .anyMatch(
                                        is -> is.map(Outcome::word).equals(Optional.of(parts[1])));
                yield holds
                        ? new Conditions.Verdict.Holds()
                        : new Conditions.Verdict.Fails(other + " does not hold.");
            }
        };
    }
}
