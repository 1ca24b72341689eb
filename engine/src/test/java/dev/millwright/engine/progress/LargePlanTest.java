package dev.millwright.engine.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.plan.When;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Plans as large as they may be. What one event costs is printed, and bounded as a number of looks
/// at steps, because times differ from machine to machine.
final class LargePlanTest {
    private static final int DEEP = 5_000;
    private static final int MOST_LOOKS = 6 * Plan.MAX_STEPS;

    private final Progress progress = new Progress(Scenario.CONDITIONS);

    @Test
    void oneParallelGroupOfAllSteps() {
        List<Step> leaves = new ArrayList<>();
        for (int i = 0; i < Plan.MAX_STEPS - 1; i++) {
            leaves.add(leaf(StepPath.ROOT.child(i), named("a" + i)));
        }
        measure("parallel", new Step.Parallel(StepPath.ROOT, named("root"), 0, true, leaves));
        measure("parallel of 1", new Step.Parallel(StepPath.ROOT, named("root"), 1, false, leaves));
        measure("sequence", new Step.Sequence(StepPath.ROOT, named("root"), leaves));
    }

    @Test
    void aHundredGroupsOfNinetyNine() {
        List<Step> groups = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            StepPath path = StepPath.ROOT.child(i);
            List<Step> leaves = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                leaves.add(leaf(path.child(j), named("a" + j)));
            }
            groups.add(new Step.Sequence(path, named("g" + i), leaves));
        }
        measure("99 sequences", new Step.Parallel(StepPath.ROOT, named("root"), 0, false, groups));
    }

    @Test
    void groupsThatEndAtOnceOneAfterTheOther() {
        When no =
                new When(
                        List.of(new When.Clause(List.of(), List.of(), List.of(), List.of(), "no")));
        StepOptions never = named("never").toBuilder().when(no).build();
        List<Step> groups = new ArrayList<>();
        for (int i = 0; i < Plan.MAX_STEPS / 2 - 1; i++) {
            StepPath path = StepPath.ROOT.child(i);
            List<Step> inside = List.of(new Step.Wait(path.child(0), named("w"), Duration.ZERO));
            groups.add(new Step.Sequence(path, named("g" + i), inside));
        }
        groups.add(leaf(StepPath.ROOT.child(groups.size()), never));
        measure(
                "instant groups",
                new Step.Parallel(StepPath.ROOT, named("root"), 1, false, groups));
        measure("instant groups", new Step.Sequence(StepPath.ROOT, named("root"), groups));
    }

    @Test
    void groupsInGroupsToAGreatDepth() throws InterruptedException {
        List<StepPath> paths = new ArrayList<>();
        for (StepPath path = StepPath.ROOT; paths.size() < DEEP; path = path.child(0)) {
            paths.add(path);
        }
        Step step = leaf(paths.getLast().child(0), named("leaf"));
        for (StepPath path : paths.reversed()) {
            step = new Step.Sequence(path, named("g"), List.of(step));
        }
        measure("deep", deep(step));
    }

    /// Numbering a tree takes stack for each level; deciding must not, and has a usual stack here.
    private static Plan deep(Step root) throws InterruptedException {
        AtomicReference<Plan> made = new AtomicReference<>();
        Thread roomy = new Thread(null, () -> made.set(Tree.plan(root)), "roomy", 1L << 28);
        roomy.start();
        roomy.join();
        return made.get();
    }

    private void measure(String what, Step root) {
        measure(what, Tree.plan(root));
    }

    private void measure(String what, Plan plan) {
        Instant now = Scenario.BEGIN;
        RunState begun = progress.next(plan, RunState.initial(plan.size()), List.of(), now).state();
        look(plan, "start", RunState.initial(plan.size()), List.of());
        look(plan, "cancel", begun, List.of(new Signal.CancelRequested("ada", "")));
        RunState state = begun;
        List<Long> nanos = new ArrayList<>();
        while (!state.isFinished() && nanos.size() < 300) {
            List<Signal> signals = firstEnd(plan, state);
            look(plan, "end", state, signals);
            long start = System.nanoTime();
            state = progress.next(plan, state, signals, now).state();
            nanos.add(System.nanoTime() - start);
        }
        Collections.sort(nanos);
        System.out.printf(
                "%s: %,d steps, an event takes %.3f ms (median), %.3f ms (worst of %d)%n",
                what,
                plan.size(),
                nanos.isEmpty() ? 0 : nanos.get(nanos.size() / 2) / 1e6,
                nanos.isEmpty() ? 0 : nanos.getLast() / 1e6,
                nanos.size());
    }

    private void look(Plan plan, String event, RunState state, List<Signal> signals) {
        long visits = progress.settled(plan, state, signals, Scenario.BEGIN).board().visits();
        assertThat(visits).as("looks at steps for '%s'", event).isLessThan(MOST_LOOKS);
    }

    private List<Signal> firstEnd(Plan plan, RunState state) {
        return progress.outstanding(plan, state).stream()
                .flatMap(action ->
                        action instanceof Action.Start start ? Stream.of(start) : Stream.empty())
                .limit(1)
                .<Signal>map(start ->
                        new Signal.Ended(
                                start.path(),
                                start.attempt(),
                                Outcome.SUCCESS,
                                "",
                                "",
                                0,
                                Map.of()))
                .toList();
    }

    private static StepOptions named(String name) {
        return StepOptions.named(name);
    }

    private static Step leaf(StepPath path, StepOptions options) {
        return new Step.Run(path, options, "process", Parameters.NONE, List.of());
    }
}
