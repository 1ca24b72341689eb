package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.model.run.Outcome;
import dev.millwright.node.Known;
import dev.millwright.node.Settlement;
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

    final String name;
    final int slots;
    private final Simulation world;
    private final Timeline timeline;
    private final Truth truth;
    private final long beat;
    private final Map<Long, JournalEntry> journal = new LinkedHashMap<>();
    private final Set<Long> refused = new HashSet<>();
    private @Nullable Line line;
    private boolean mayHaveForgotten;
    private long connections;
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
                    List<Known> known = journal.values().stream().map(JournalEntry::known).toList();
                    Message.Hello hello = new Message.Hello(++connections, known, mayHaveForgotten);
                    timeline.trace("%s: to %s: %s", name, server.name, hello);
                    send(hello);
                });
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
            case Message.Greeting(var settlements, var unknown) -> {
                mayHaveForgotten = false;
                over.settled = true;
                settlements.forEach((id, how) -> settle(AttemptRow.numberOf(id), how));
                unknown.forEach(id -> refused.add(AttemptRow.numberOf(id)));
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
        boolean isWanted = settlement instanceof Settlement.Continue;
        if (!isWanted && journal.remove(attempt) != null) {
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
                new JournalEntry(
                        id,
                        assign.fence(),
                        assign.run(),
                        JournalEntry.Stage.TAKEN,
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
        JournalEntry entry = journal.get(id);
        if (life != ofLife || entry == null || entry.stage() != JournalEntry.Stage.TAKEN) {
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
            journal.put(id, entry.at(JournalEntry.Stage.STARTED, timeline.now()));
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
        JournalEntry entry = journal.get(id);
        if (up
                && entry != null
                && entry.stage() == JournalEntry.Stage.STARTED
                && !truth.isAlive(id)) {
            Optional<Outcome> end = truth.process(id).flatMap(Truth.Process::outcome);
            journal.put(id, entry.ended(end.orElse(Outcome.ERROR), end.isEmpty(), timeline.now()));
            report(id);
        }
    }

    private void stop(long id) {
        JournalEntry entry = journal.get(id);
        if (entry == null) {
            return;
        }
        journal.put(id, entry.stop());
        if (entry.stage() == JournalEntry.Stage.STARTED) {
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
        JournalEntry entry = journal.get(id);
        if (line == null
                || !line.settled
                || entry == null
                || entry.stage() != JournalEntry.Stage.ENDED) {
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
        for (JournalEntry entry : List.copyOf(journal.values())) {
            switch (entry.stage()) {
                // That it was started may have been written and lost with the machine
                case TAKEN, NEVER_STARTED ->
                        journal.put(
                                entry.attempt(),
                                rebooted
                                        ? entry.ended(Outcome.ERROR, true, timeline.now())
                                        : entry.at(
                                                JournalEntry.Stage.NEVER_STARTED, timeline.now()));
                case STARTED -> reap(entry.attempt());
                case ENDED -> {}
            }
        }
        tick(life);
    }
}
