package dev.millwright.itest.simulation;

import dev.millwright.engine.placement.NodeOffer;
import dev.millwright.engine.placement.Placement;
import dev.millwright.engine.placement.Strategies;
import dev.millwright.engine.progress.Action;
import dev.millwright.engine.progress.Conditions;
import dev.millwright.engine.progress.Decision;
import dev.millwright.engine.progress.Progress;
import dev.millwright.engine.progress.Signal;
import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.itest.simulation.Rows.NodeRow;
import dev.millwright.itest.simulation.Rows.RunRow;
import dev.millwright.model.NodeName;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// How a server decides about runs: what it remembers of them, and compare-and-set. One thread.
final class Deciding {
    private static final int TRIES = 10;
    private static final long SUSPECT_AFTER = 10_000;

    private final Simulation world;
    private final Timeline timeline;
    private final Store store;
    private final long skew;
    private final Progress progress = new Progress(Conditions.ALL);
    private final Map<Integer, RunRow> remembered = new HashMap<>();
    private long turn;

    /// @param skew milliseconds by which the server's clock is wrong
    Deciding(Simulation world, long skew) {
        this.world = world;
        this.timeline = world.timeline();
        this.store = world.store();
        this.skew = skew;
    }

    void forget() {
        remembered.clear();
    }

    /// @param check in the same transaction; when it gives false nothing happens
    void signal(int run, List<Signal> signals, BooleanSupplier check) {
        for (int tries = 1; ; tries++) {
            try {
                RunRow next = store.write(() -> decide(run, signals, check));
                remembered.put(run, next);
                world.truth().checkLive(run);
                return;
            } catch (Store.Stale stale) {
                remembered.remove(run);
                if (tries == TRIES) {
                    throw stale;
                }
            }
        }
    }

    private RunRow decide(int id, List<Signal> signals, BooleanSupplier check) {
        RunRow run = remembered.getOrDefault(id, store.run(id));
        // Another server may be faster between the reading and the writing
        boolean overtaken = world.isStormy() && timeline.oneIn(10);
        if (world.weakness() != Weakness.STALE_MEMORY
                && !overtaken
                && run.revision() != store.run(id).revision()) {
            run = store.run(id);
        }
        if (run.state().isFinished() || !check.getAsBoolean()) {
            return run;
        }
        Instant now = timeline.instant(skew);
        Set<StepPath> tried = new HashSet<>();
        RunState state = run.state();
        for (@Nullable List<Signal> news = signals; news != null; ) {
            Decision decision = progress.next(run.plan(), state, news, now);
            state = decision.state();
            List<Signal> placed = place(run, state, tried);
            news = placed.isEmpty() ? null : placed;
        }
        // What the check has written holds only for the state that was decided about
        boolean idle =
                signals.isEmpty()
                        || world.weakness() == Weakness.IDLE_UNCOMPARED
                        || world.weakness() == Weakness.STALE_MEMORY;
        if (state.equals(run.state()) && idle) {
            return run;
        }
        RunRow next = new RunRow(id, run.plan(), state, run.revision() + 1);
        store.save(next);
        return next;
    }

    private List<Signal> place(RunRow run, RunState state, Set<StepPath> tried) {
        List<Signal> placed = new ArrayList<>();
        for (Action action : progress.outstanding(run.plan(), state)) {
            if (action instanceof Action.Start(StepPath path, int number) && tried.add(path)) {
                Placement.Choice choice =
                        Placement.choose(
                                new Placement.Demand("process", List.of()),
                                offers(),
                                Strategies.USUAL,
                                turn++);
                if (choice instanceof Placement.Chosen(String node)) {
                    store.insert(
                            new AttemptRow(
                                    store.nextAttempt(),
                                    run.id(),
                                    run.plan().indexOf(path),
                                    number,
                                    run.revision() + 1,
                                    node,
                                    "",
                                    0));
                    placed.add(new Signal.Assigned(path, number, new NodeName(node)));
                }
            }
        }
        return placed;
    }

    private List<NodeOffer> offers() {
        return store.nodes().stream().map(this::offer).toList();
    }

    private NodeOffer offer(NodeRow node) {
        return new NodeOffer(
                node.name(),
                timeline.now() - node.heardAt() < SUSPECT_AFTER
                        ? NodeOffer.Standing.ONLINE
                        : NodeOffer.Standing.SUSPECT,
                Map.of(),
                Set.of("process"),
                node.slots(),
                store.live(node.name()).size(),
                false);
    }
}
