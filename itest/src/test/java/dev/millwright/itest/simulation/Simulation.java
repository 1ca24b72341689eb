package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Rows.RunRow;
import dev.millwright.model.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One seeded story: servers and nodes work on a few runs while everything around them breaks for a
/// while; then all is whole again, and every run has to end. The rules about runs, about places and
/// about nodes that come back are the real ones ([dev.millwright.engine.progress.Progress],
/// [dev.millwright.engine.placement.Placement], [dev.millwright.server.run.Reconciliation]); what
/// must never happen is judged by [Truth]. One thread.
final class Simulation {
    private static final int STORM = 90_000;
    private static final int CALM = 600_000;

    private final Timeline timeline;
    private final Weakness weakness;
    private final Store store;
    private final Truth truth;
    private final Network network;
    private final List<Server> servers = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private int planned;
    private boolean stormy = true;

    /// @param trace takes a line for each event, when somebody wants to read them
    Simulation(long seed, Weakness weakness, @Nullable Consumer<String> trace) {
        this.timeline = new Timeline(seed, trace);
        this.weakness = weakness;
        this.store = new Store(timeline, weakness);
        this.truth = new Truth(store);
        this.network = new Network(timeline);
    }

    Timeline timeline() {
        return timeline;
    }

    Weakness weakness() {
        return weakness;
    }

    Store store() {
        return store;
    }

    Truth truth() {
        return truth;
    }

    Network network() {
        return network;
    }

    boolean isStormy() {
        return stormy;
    }

    Optional<Server> anyServer() {
        List<Server> up = servers.stream().filter(Server::isUp).toList();
        return up.isEmpty()
                ? Optional.empty()
                : Optional.of(up.get(timeline.between(0, up.size())));
    }

    /// @throws AssertionError when something happened that must never happen
    void run() {
        for (int i = timeline.between(1, 4); i > 0; i--) {
            servers.add(new Server(this, "server" + i, timeline.between(-2_000, 2_000)));
        }
        for (int i = timeline.between(1, 6); i > 0; i--) {
            nodes.add(
                    new Node(
                            this,
                            "node" + i,
                            timeline.between(1, 4),
                            timeline.between(2_000, 5_000)));
        }
        RandomRuns runs = new RandomRuns(timeline);
        planned = timeline.between(1, 4);
        for (int i = 0; i < planned; i++) {
            int id = i;
            timeline.after(
                    timeline.between(0, STORM / 2),
                    () -> {
                        var plan = runs.plan();
                        store.insert(new RunRow(id, plan, RunState.initial(plan.size()), 0));
                    });
        }
        for (int i = timeline.between(5, 40); i > 0; i--) {
            timeline.after(timeline.between(0, STORM), this::breakSomething);
        }
        timeline.after(
                STORM,
                () -> {
                    timeline.trace("all is whole again");
                    stormy = false;
                    store.heal();
                    network.heal();
                });
        while (!isOver() && timeline.next()) {
            if (timeline.now() > STORM + CALM) {
                throw new AssertionError("not everything ends: " + open());
            }
        }
    }

    private boolean isOver() {
        return !stormy
                && store.runs().size() == planned
                && store.runs().stream().allMatch(run -> run.state().isFinished())
                && nodes.stream().allMatch(Node::isIdle)
                && truth.alive().isEmpty();
    }

    private String open() {
        List<Integer> open =
                store.runs().stream()
                        .filter(run -> !run.state().isFinished())
                        .map(RunRow::id)
                        .toList();
        return "runs %s, processes %s".formatted(open, truth.alive());
    }

    private void breakSomething() {
        Node node = nodes.get(timeline.between(0, nodes.size()));
        Server server = servers.get(timeline.between(0, servers.size()));
        switch (timeline.between(0, 8)) {
            case 0 -> server.crash(timeline.between(500, 20_000));
            case 1 -> node.crash(timeline.between(500, 20_000), false);
            case 2 -> node.crash(timeline.between(5_000, 60_000), true);
            case 3 -> network.cut(node.name, server.name, timeline.between(500, 45_000));
            case 4 -> network.cut(server.name, node.name, timeline.between(500, 45_000));
            case 5 -> {
                store.away(true);
                timeline.after(timeline.between(200, 5_000), () -> store.away(false));
            }
            case 6 -> server.pause(timeline.between(500, 40_000));
            default -> {
                if (!store.runs().isEmpty() && timeline.oneIn(3)) {
                    int run = timeline.between(0, store.runs().size());
                    anyServer().ifPresent(any -> any.cancel(store.runs().get(run).id()));
                }
            }
        }
    }
}
