package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Message.Settlement;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Known;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A node: journals before it forks, and reports until it is acknowledged. Its processes live on
/// when its program dies, not when its machine does. One thread.
final class Node {
    private static final long SILENCE = 10_000;

    private enum Stage {
        TAKEN,
        /// Its program died before it started.
        NEVER_STARTED,
        STARTED,
        ENDED
    }

    /// @param writtenAt when the journal learnt of the stage
    private record Entry(
            long attempt,
            long fence,
            Stage stage,
            Outcome outcome,
            boolean lost,
            int logs,
            boolean stopped,
            long writtenAt) {
        Entry at(Stage next, long now) {
            return new Entry(attempt, fence, next, outcome, lost, logs, stopped, now);
        }

        Entry ended(Outcome how, boolean isLost, long now) {
            return new Entry(attempt, fence, Stage.ENDED, how, isLost, logs, stopped, now);
        }

        Entry withLogs(int stored) {
            return new Entry(attempt, fence, stage, outcome, lost, stored, stopped, writtenAt);
        }

        Entry stop() {
            return new Entry(attempt, fence, stage, outcome, lost, logs, true, writtenAt);
        }
    }

    final String name;
    final int slots;
    private final Simulation world;
    private final Timeline timeline;
    private final Truth truth;
    private final long beat;
    private final Map<Long, Entry> journal = new LinkedHashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private @Nullable Line line;
    private boolean mayHaveForgotten;
    private boolean up = true;
    private int life;

    /// @param beat milliseconds between two heartbeats, as its own clock has them
    Node(Simulation world, String name, int slots, long beat) {
        this.world = world;
        this.timeline = world.timeline();
        this.truth = world.truth();
        this.name = name;
        this.slots = slots;
        this.beat = beat;
        tick(life);
    }

    boolean isIdle() {
        return journal.isEmpty();
    }

    private void tick(int ofLife) {
        if (up && life == ofLife) {
            Line open = line;
            if (open == null
                    || open.isServerGone()
                    || timeline.now() - open.heardByNode > SILENCE) {
                connect();
            } else {
                open.toServer(new Message.Heartbeat());
                reportAll();
            }
            timeline.after(beat, () -> tick(ofLife));
        }
    }

    private void connect() {
        disconnect();
        world.anyServer()
                .ifPresent(server -> {
                    line = server.accept(this);
                    Map<Long, Known.State> known = new LinkedHashMap<>();
                    journal.values().forEach(entry -> known.put(entry.attempt(), state(entry)));
                    timeline.trace(
                            "%s: hello to %s %s %s", name, server.name, known, mayHaveForgotten);
                    send(new Message.Hello(known, mayHaveForgotten));
                });
    }

    private Known.State state(Entry entry) {
        return switch (entry.stage()) {
            case NEVER_STARTED -> Known.State.NEVER_STARTED;
            case TAKEN, STARTED -> Known.State.RUNNING;
            case ENDED -> entry.lost() ? Known.State.LOST : Known.State.ENDED;
        };
    }

    private void disconnect() {
        if (line != null) {
            line.nodeLeaves();
            line = null;
        }
    }

    private void send(Message message) {
        if (line != null) {
            line.toServer(message);
        }
    }

    void receive(Line over, Message message) {
        if (over != line) {
            return;
        }
        over.heardByNode = timeline.now();
        switch (message) {
            case Message.Greeting(Map<Long, Settlement> settlements, Set<Long> unknown) -> {
                mayHaveForgotten = false;
                over.settled = true;
                settlements.forEach(this::settle);
                refused.addAll(unknown);
                unknown.forEach(attempt -> send(new Message.Refused(attempt)));
                reportAll();
            }
            case Message.Assign assign -> take(assign);
            case Message.LogStored(long attempt, int chunks) -> {
                journal.computeIfPresent(attempt, (_, it) -> it.withLogs(chunks));
                report(attempt);
            }
            case Message.EndStored(long attempt) -> journal.remove(attempt);
            case Message.Beat(List<Long> stops) -> stops.forEach(this::stop);
            default -> throw new IllegalStateException("not for nodes: " + message);
        }
    }

    private void settle(long attempt, Settlement settlement) {
        if (settlement != Settlement.CONTINUE && journal.remove(attempt) != null) {
            timeline.trace("%s: %d is %s", name, attempt, settlement);
            truth.ended(attempt, Outcome.CANCELLATION);
        }
    }

    private void take(Message.Assign assign) {
        long id = assign.attempt();
        if (refused.contains(id) || journal.containsKey(id)) {
            return;
        }
        journal.put(
                id,
                new Entry(
                        id,
                        assign.fence(),
                        Stage.TAKEN,
                        Outcome.SUCCESS,
                        false,
                        0,
                        false,
                        timeline.now()));
        send(new Message.Taken(id));
        int ofLife = life;
        timeline.after(timeline.between(20, 1_500), () -> begin(id, ofLife));
    }

    private void begin(long id, int ofLife) {
        Entry entry = journal.get(id);
        if (life != ofLife || entry == null || entry.stage() != Stage.TAKEN) {
            return;
        }
        if (entry.stopped()) {
            journal.put(id, entry.ended(Outcome.CANCELLATION, false, timeline.now()));
            report(id);
            return;
        }
        if (world.weakness() == Weakness.FORK_BEFORE_JOURNAL) {
            fork(id);
        }
        boolean dies = world.isStormy() && timeline.oneIn(40);
        if (!dies || world.weakness() != Weakness.FORK_BEFORE_JOURNAL) {
            journal.put(id, entry.at(Stage.STARTED, timeline.now()));
        }
        if (dies) {
            crash(timeline.between(100, 9_000), false);
        } else if (world.weakness() != Weakness.FORK_BEFORE_JOURNAL) {
            fork(id);
        }
    }

    private void fork(long id) {
        timeline.trace("%s: %d is forked", name, id);
        truth.forked(id, name, timeline.between(0, 4));
        Outcome outcome = timeline.oneIn(6) ? Outcome.FAILURE : Outcome.SUCCESS;
        timeline.after(
                timeline.between(50, 20_000),
                () -> {
                    truth.ended(id, outcome);
                    reap(id);
                });
    }

    /// Note the end of a process, if there is one and somebody is there to see it.
    private void reap(long id) {
        Entry entry = journal.get(id);
        if (up && entry != null && entry.stage() == Stage.STARTED && !truth.isAlive(id)) {
            Optional<Outcome> end = truth.process(id).flatMap(Truth.Process::outcome);
            journal.put(id, entry.ended(end.orElse(Outcome.ERROR), end.isEmpty(), timeline.now()));
            report(id);
        }
    }

    private void stop(long id) {
        Entry entry = journal.get(id);
        if (entry == null) {
            return;
        }
        journal.put(id, entry.stop());
        if (entry.stage() == Stage.STARTED) {
            timeline.after(
                    timeline.between(1, 2_000),
                    () -> {
                        truth.ended(id, Outcome.CANCELLATION);
                        reap(id);
                    });
        }
    }

    private void reportAll() {
        List.copyOf(journal.keySet()).forEach(this::report);
    }

    private void report(long id) {
        Entry entry = journal.get(id);
        if (line == null || !line.settled || entry == null || entry.stage() != Stage.ENDED) {
            return;
        }
        int chunks = truth.process(id).map(Truth.Process::chunks).orElse(0);
        if (entry.logs() < chunks && !entry.lost()) {
            send(new Message.Log(id, entry.fence(), entry.logs() + 1));
        } else {
            send(new Message.Ended(id, entry.fence(), entry.outcome(), entry.lost()));
        }
    }

    /// The program dies; with its machine when it says so.
    void crash(long downFor, boolean reboot) {
        if (!up) {
            return;
        }
        timeline.trace("%s: %s for %d ms", name, reboot ? "reboots" : "dies", downFor);
        up = false;
        life++;
        disconnect();
        refused.clear();
        if (reboot) {
            truth.vanish(name);
            mayHaveForgotten = true;
            journal.values()
                    .removeIf(entry ->
                            timeline.now() - entry.writtenAt() < 5_000 && timeline.oneIn(2));
        }
        timeline.after(downFor, () -> start(reboot));
    }

    private void start(boolean rebooted) {
        up = true;
        for (Entry entry : List.copyOf(journal.values())) {
            switch (entry.stage()) {
                // That it was started may have been written and lost with the machine
                case TAKEN, NEVER_STARTED ->
                        journal.put(
                                entry.attempt(),
                                rebooted
                                        ? entry.ended(Outcome.ERROR, true, timeline.now())
                                        : entry.at(Stage.NEVER_STARTED, timeline.now()));
                case STARTED -> reap(entry.attempt());
                case ENDED -> {}
            }
        }
        tick(life);
    }
}
