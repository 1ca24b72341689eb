package dev.millwright.itest.simulation;

import dev.millwright.engine.progress.Signal;
import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.itest.simulation.Rows.NodeRow;
import dev.millwright.itest.simulation.Rows.RunRow;
import dev.millwright.model.log.LogPosition;
import dev.millwright.model.plan.StepPath;
import dev.millwright.model.run.Outcome;
import dev.millwright.model.run.StepPhase;
import dev.millwright.server.run.AttemptRecord;
import dev.millwright.server.run.Reconciliation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// A server: everything that it knows by heart is gone when it dies. One thread.
final class Server {
    private static final long SILENCE = 10_000;
    private static final long LOST_AFTER = 30_000;

    final String name;
    private final Simulation world;
    private final Timeline timeline;
    private final Store store;
    private final Deciding deciding;
    private final Set<Line> lines = new LinkedHashSet<>();
    private boolean up = true;
    private int life;
    private long pausedUntil;

    Server(Simulation world, String name, long skew) {
        this.world = world;
        this.timeline = world.timeline();
        this.store = world.store();
        this.name = name;
        this.deciding = new Deciding(world, skew);
        sweep(life);
    }

    boolean isUp() {
        return up;
    }

    void crash(long downFor) {
        if (!up) {
            return;
        }
        timeline.trace("%s: dies for %d ms", name, downFor);
        up = false;
        life++;
        deciding.forget();
        lines.forEach(Line::serverLeaves);
        lines.clear();
        timeline.after(
                downFor,
                () -> {
                    up = true;
                    sweep(life);
                });
    }

    /// Stand still, as with a machine that is moved; nothing is lost.
    void pause(long millis) {
        timeline.trace("%s: stands still for %d ms", name, millis);
        pausedUntil = timeline.now() + millis;
    }

    /// How long whatever reaches it has to wait.
    long pause() {
        return Math.max(0, pausedUntil - timeline.now());
    }

    Line accept(Node node) {
        Line line = new Line(world.network(), node, this, timeline.now());
        lines.removeIf(old -> old.node == node && drop(old));
        lines.add(line);
        return line;
    }

    private static boolean drop(Line line) {
        line.serverLeaves();
        return true;
    }

    /// What cannot be stored is not answered, and comes again.
    void receive(Line line, Message message) {
        if (!up) {
            return;
        }
        line.heardByServer = timeline.now();
        try {
            switch (message) {
                case Message.Hello hello -> settle(line, hello);
                case Message.Taken _ -> {}
                case Message.Log(long attempt, long fence, int chunk) ->
                        log(line, attempt, fence, chunk);
                case Message.Ended ended -> {
                    ended(ended);
                    line.toNode(new Message.EndStored(ended.attempt()));
                }
                case Message.Heartbeat _ -> beat(line);
                default -> throw new IllegalStateException("not for servers: " + message);
            }
        } catch (Store.Broken | Store.Stale _) {
            // It is not sent again over the same line
            if (message instanceof Message.Hello) {
                lines.remove(line);
                line.serverLeaves();
            }
        }
    }

    private void settle(Line line, Message.Hello hello) {
        String node = line.node.name;
        boolean forgot = hello.mayHaveForgotten() && world.weakness() != Weakness.TRUSTED_MEMORY;
        Reconciliation settled =
                store.write(() -> {
                    if (!store.arrive(node, line.node.slots, hello.connection())) {
                        throw new Store.Stale();
                    }
                    return Reconciliation.of(
                            store.live(node).stream().map(AttemptRow::toRecord).toList(),
                            hello.attempts(),
                            forgot,
                            _ -> LogPosition.START);
                });
        timeline.trace("%s: %s settles %s", name, node, settled);
        settled.neverStarted().forEach(it -> close(it, AttemptRow.NEVER_STARTED));
        settled.lost().forEach(it -> close(it, AttemptRow.LOST));
        hello.attempts().forEach(known -> line.sent.add(AttemptRow.numberOf(known.attempt())));
        settled.unknown().forEach(attempt -> line.sent.add(AttemptRow.numberOf(attempt)));
        line.settled = true;
        line.toNode(new Message.Greeting(settled.settlements(), settled.unknown()));
    }

    private void close(AttemptRecord attempt, String cause) {
        close(AttemptRow.numberOf(attempt.id()), cause, () -> true);
    }

    private void beat(Line line) {
        List<Long> stops = new ArrayList<>();
        store.write(() -> {
            store.heard(line.node.name);
            return true;
        });
        for (AttemptRow row : store.live(line.node.name)) {
            if (store.run(row.run()).state().step(row.position()).phase() == StepPhase.CANCELLING) {
                stops.add(row.id());
            }
        }
        line.toNode(new Message.Beat(stops));
    }

    private void log(Line line, long id, long fence, int chunk) {
        int stored =
                store.write(() -> {
                    AttemptRow row = store.attempt(id).orElseThrow();
                    if (row.isLive() && row.fence() == fence && row.logs() + 1 == chunk) {
                        store.update(row.withLogs(chunk));
                        return chunk;
                    }
                    return row.isLive() ? row.logs() : chunk;
                });
        line.toNode(new Message.LogStored(id, stored));
    }

    private void ended(Message.Ended end) {
        AttemptRow row = store.attempt(end.attempt()).orElseThrow();
        if (row.fence() != end.fence()) {
            return;
        }
        if (world.weakness() == Weakness.NO_FENCE && !row.isLive()) {
            row =
                    store.ofRun(row.run()).stream()
                            .filter(AttemptRow::isLive)
                            .filter(it ->
                                    it.position()
                                            == store.attempt(end.attempt())
                                                    .orElseThrow()
                                                    .position())
                            .findFirst()
                            .orElse(row);
        }
        if (end.lost()) {
            close(row.id(), AttemptRow.LOST, () -> true);
            return;
        }
        AttemptRow target = row;
        StepPath path = store.run(row.run()).plan().step(row.position()).path();
        Signal signal =
                new Signal.Ended(path, row.number(), end.outcome(), "exit", "", null, Map.of());
        deciding.signal(
                row.run(),
                List.of(signal),
                () -> end(target.id(), AttemptRow.REPORTED, Optional.of(end.outcome())));
    }

    private void close(long id, String cause, BooleanSupplier check) {
        AttemptRow row = store.attempt(id).orElseThrow();
        StepPath path = store.run(row.run()).plan().step(row.position()).path();
        Signal signal =
                cause.equals(AttemptRow.LOST)
                        ? new Signal.Lost(path, row.number(), "It is lost.")
                        : new Signal.NeverStarted(path, row.number());
        deciding.signal(
                row.run(),
                List.of(signal),
                () -> check.getAsBoolean() && end(id, cause, Optional.empty()));
    }

    /// False when the attempt has ended before.
    private boolean end(long id, String cause, Optional<Outcome> outcome) {
        AttemptRow row = store.attempt(id).orElseThrow();
        if (!row.isLive()) {
            return false;
        }
        AttemptRow ended = row.ended(cause);
        store.update(ended);
        world.truth().closed(ended, outcome);
        timeline.trace("%s: %s", name, ended);
        return true;
    }

    private void sweep(int ofLife) {
        if (!up || life != ofLife) {
            return;
        }
        timeline.after(pause() + timeline.between(1_500, 2_500), () -> sweep(ofLife));
        if (pause() > 0) {
            return;
        }
        lines.removeIf(line -> timeline.now() - line.heardByServer > SILENCE && drop(line));
        try {
            giveUpLost();
            for (RunRow run : store.runs()) {
                if (!run.state().isFinished()) {
                    deciding.signal(run.id(), List.of(), () -> true);
                }
            }
            assign();
        } catch (Store.Broken | Store.Stale _) {
            timeline.trace("%s: the sweep comes to nothing", name);
        }
    }

    private boolean isGone(NodeRow node) {
        return timeline.now() - node.heardAt() > LOST_AFTER;
    }

    /// Nothing is decided when more than half of the nodes are gone at once.
    private void giveUpLost() {
        List<NodeRow> nodes = store.write(store::nodes);
        List<NodeRow> gone = nodes.stream().filter(this::isGone).toList();
        if (gone.size() * 2 > nodes.size()) {
            return;
        }
        for (NodeRow node : gone) {
            for (AttemptRow row : store.live(node.name())) {
                close(
                        row.id(),
                        AttemptRow.LOST,
                        () ->
                                store.nodes().stream()
                                        .anyMatch(
                                                it -> it.name().equals(node.name()) && isGone(it)));
            }
        }
    }

    /// Any server may have decided about it: what is stored is sent by the one that has the line.
    private void assign() {
        for (Line line : List.copyOf(lines)) {
            if (line.settled) {
                for (AttemptRow row : store.live(line.node.name)) {
                    if (line.sent.add(row.id())) {
                        line.toNode(
                                new Message.Assign(
                                        row.id(), row.fence(), row.run(), row.position()));
                    }
                }
            }
        }
    }

    void cancel(int run) {
        try {
            deciding.signal(run, List.of(new Signal.CancelRequested("ada", "enough")), () -> true);
        } catch (Store.Broken | Store.Stale _) {
            timeline.trace("%s: the cancel comes to nothing", name);
        }
    }
}
