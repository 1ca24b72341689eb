package dev.millwright.itest.simulation;

import dev.millwright.itest.simulation.Rows.AttemptRow;
import dev.millwright.itest.simulation.Rows.NodeRow;
import dev.millwright.itest.simulation.Rows.RunRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A database whose commits succeed, fail, or succeed without anybody hearing of it. One thread.
final class Store {
    /// Nobody can tell what became of the transaction.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Somebody else was faster: another revision, or another live attempt.
    static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Timeline timeline;
    private final Weakness weakness;
    private final Map<Integer, RunRow> runs = new LinkedHashMap<>();
    private final Map<Long, AttemptRow> attempts = new LinkedHashMap<>();
    private final Map<String, NodeRow> nodes = new LinkedHashMap<>();
    private final List<Runnable> undo = new ArrayList<>();
    private long lastAttempt;
    private boolean healthy;
    private boolean away;

    Store(Timeline timeline, Weakness weakness) {
        this.timeline = timeline;
        this.weakness = weakness;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    /// From now on every commit succeeds.
    void heal() {
        healthy = true;
        away = false;
    }

    <T> T write(Supplier<T> work) {
        if (away) {
            throw new Broken();
        }
        undo.clear();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException failed) {
            rollBack();
            throw failed;
        }
        if (!healthy && !undo.isEmpty()) {
            if (timeline.oneIn(60)) {
                timeline.trace("database: commit fails");
                rollBack();
                throw new Broken();
            }
            if (timeline.oneIn(60)) {
                timeline.trace("database: committed, and the answer is lost");
                throw new Broken();
            }
        }
        return result;
    }

    private void rollBack() {
        undo.reversed().forEach(Runnable::run);
        undo.clear();
    }

    private <K, V> void put(Map<K, V> table, K key, V row) {
        V old = table.put(key, row);
        undo.add(() -> {
            if (old == null) {
                table.remove(key);
            } else {
                table.put(key, old);
            }
        });
    }

    List<RunRow> runs() {
        return List.copyOf(runs.values());
    }

    RunRow run(int id) {
        return Optional.ofNullable(runs.get(id)).orElseThrow();
    }

    void insert(RunRow run) {
        put(runs, run.id(), run);
    }

    /// Compare and set.
    void save(RunRow next) {
        if (weakness != Weakness.NO_COMPARE && run(next.id()).revision() + 1 != next.revision()) {
            throw new Stale();
        }
        put(runs, next.id(), next);
    }

    long nextAttempt() {
        return ++lastAttempt;
    }

    void insert(AttemptRow attempt) {
        boolean taken =
                ofRun(attempt.run()).stream()
                        .anyMatch(it -> it.isLive() && it.position() == attempt.position());
        if (taken && weakness != Weakness.NO_COMPARE) {
            throw new Stale();
        }
        put(attempts, attempt.id(), attempt);
    }

    void update(AttemptRow attempt) {
        put(attempts, attempt.id(), attempt);
    }

    Optional<AttemptRow> attempt(long id) {
        return Optional.ofNullable(attempts.get(id));
    }

    List<AttemptRow> ofRun(int run) {
        return attempts.values().stream().filter(it -> it.run() == run).toList();
    }

    List<AttemptRow> live(String node) {
        return attempts.values().stream()
                .filter(it -> it.isLive() && it.node().equals(node))
                .toList();
    }

    List<NodeRow> nodes() {
        return List.copyOf(nodes.values());
    }

    /// The node has connected; false when it has done so again since.
    boolean arrive(String node, int slots, long connection) {
        NodeRow before = nodes.get(node);
        if (weakness != Weakness.LATE_HELLO
                && before != null
                && before.connection() >= connection) {
            return false;
        }
        put(nodes, node, new NodeRow(node, slots, connection, timeline.now()));
        return true;
    }

    void heard(String node) {
        NodeRow before = nodes.get(node);
        if (before != null) {
            put(
                    nodes,
                    node,
                    new NodeRow(node, before.slots(), before.connection(), timeline.now()));
        }
    }
}
