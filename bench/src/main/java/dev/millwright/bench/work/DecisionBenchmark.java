package dev.millwright.bench.work;

import dev.millwright.bench.measure.Figure;
import dev.millwright.bench.measure.Samples;
import dev.millwright.bench.measure.Unit;
import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Conditions;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.model.Parameters;
import dev.millwright.model.plan.Plan;
import dev.millwright.model.plan.Step;
import dev.millwright.model.plan.StepOptions;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// One decision about a large plan: a step has ended, what follows? The core alone, in this
/// process, without database.
final class DecisionBenchmark implements Benchmark {
    private static final int GROUP = 100;
    private static final Instant NOW = Instant.EPOCH;

    private final Progress progress = new Progress(Conditions.ALL);

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public List<Figure> run(Bench bench) {
        List<Figure> figures = new ArrayList<>();
        for (int size : List.of(Plan.MAX_STEPS / 10, Plan.MAX_STEPS)) {
            bench.say("plans of %,d steps".formatted(size));
            int ends = bench.size(300, 30);
            var _ = decide(sideBySide(size), ends);
            figures.add(figure("side by side", size, decide(sideBySide(size), ends)));
            figures.add(figure("in 100 sequences", size, decide(inSequences(size), ends)));
        }
        return figures;
    }

    private static Figure figure(String shape, int size, Samples samples) {
        return Figure.of(
                        "one decision, %,d steps %s".formatted(size, shape),
                        Unit.MILLIS,
                        samples,
                        99)
                .goal(20.0 * size / Plan.MAX_STEPS);
    }

    private Samples decide(Plan plan, int ends) {
        Samples samples = new Samples();
        RunState state = progress.next(plan, RunState.initial(plan.size()), List.of(), NOW).state();
        for (int i = 0; i < ends; i++) {
            Optional<Signal> end = oneEnd(plan, state);
            if (end.isEmpty()) {
                break;
            }
            long start = System.nanoTime();
            state = progress.next(plan, state, List.of(end.get()), NOW).state();
            samples.addNanos(System.nanoTime() - start);
        }
        return samples;
    }

    /// The end of some step that is to run.
    private Optional<Signal> oneEnd(Plan plan, RunState state) {
        for (Action action : progress.outstanding(plan, state)) {
            if (action instanceof Action.Start(StepPath path, int attempt)) {
                return Optional.of(
                        new Signal.Ended(path, attempt, Outcome.SUCCESS, "", "", 0, Map.of()));
            }
        }
        return Optional.empty();
    }

    private static Plan sideBySide(int size) {
        return plan(
                new Step.Parallel(
                        StepPath.ROOT, named("root"), 0, false, leaves(StepPath.ROOT, size - 1)));
    }

    private static Plan inSequences(int size) {
        List<Step> groups = new ArrayList<>();
        for (int i = 0; i < GROUP; i++) {
            StepPath path = StepPath.ROOT.child(i);
            // With the group itself, and the root, no more than the wanted size
            groups.add(
                    new Step.Sequence(path, named("group-" + i), leaves(path, size / GROUP - 2)));
        }
        return plan(new Step.Parallel(StepPath.ROOT, named("root"), 0, false, groups));
    }

    private static List<Step> leaves(StepPath group, int count) {
        return IntStream.range(0, count).mapToObj(i -> leaf(group.child(i), "step-" + i)).toList();
    }

    private static Step leaf(StepPath path, String name) {
        return new Step.Run(path, named(name), "process", Parameters.NONE, List.of());
    }

    private static StepOptions named(String name) {
        return StepOptions.named(name);
    }

    private static Plan plan(Step root) {
        Plan.Head head =
                new Plan.Head(
                        "default", "large", "push", List.of(), Map.of(), Map.of(), null, null,
                        List.of());
        return Plan.of(head, root);
    }
}
