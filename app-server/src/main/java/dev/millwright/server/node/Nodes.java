package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The nodes there are, beyond restarts: who has connected, and what administrators decide about
/// them. What happens to a node stands in the journal of the namespace `system`.
///
/// Called from any thread.
public final class Nodes {
    private static final String NAMESPACE = "system";

    private final Database database;
    private final Journal journal;
    private final Fleet fleet;
    private final Runnable freed;
    private final Consumer<NodeName> removed;

    /// @param freed called when a node takes work again
    /// @param removed called when a node will never come back
    public Nodes(
            Database database,
            Journal journal,
            Fleet fleet,
            Runnable freed,
            Consumer<NodeName> removed) {
        this.database = database;
        this.journal = journal;
        this.fleet = fleet;
        this.freed = freed;
        this.removed = removed;
    }

    /// A node with how many attempts it has under way.
    public record Counted(NodeRow row, int busy, String refusal) {}

    public List<Counted> all() {
        return database.read(tx -> {
            Map<String, Integer> busy = tx.dao(NodeDao.class).busy();
            return tx.dao(NodeDao.class).all().stream().map(row -> counted(row, busy)).toList();
        });
    }

    public Optional<Counted> find(String name) {
        return database.read(tx ->
                tx.dao(NodeDao.class)
                        .find(name)
                        .map(row -> counted(row, tx.dao(NodeDao.class).busy())));
    }

    private Counted counted(NodeRow row, Map<String, Integer> busy) {
        String refusal = fleet.find(new NodeName(row.name())).map(FleetNode::refusal).orElse("");
        return new Counted(row, busy.getOrDefault(row.name(), 0), refusal);
    }

    /// Slots in use by node.
    public Map<String, Integer> busy() {
        return database.read(tx -> tx.dao(NodeDao.class).busy());
    }

    /// Take note that a node has connected, and do something in the same transaction, which no
    /// other server can come between.
    ///
    /// Throws [OvertakenException] when the node has connected anew since it said Hello.
    ///
    /// @param andThen is given whether the node is being drained
    public <T> T arrive(
            NodeName name, UUID session, NodeHello hello, BiFunction<Tx, Boolean, T> andThen) {
        NodeDao.Arrival arrival = NodeDao.Arrival.of(name.value(), session, hello);
        try {
            return database.write(tx -> arrive(tx, arrival, andThen));
        } catch (DuplicateException raced) {
            // It connected to another server for the first time at this very moment
            return database.write(tx -> arrive(tx, arrival, andThen));
        }
    }

    private <T> T arrive(Tx tx, NodeDao.Arrival arrival, BiFunction<Tx, Boolean, T> andThen) {
        NodeDao rows = tx.dao(NodeDao.class);
        Optional<NodeRow> before = rows.find(arrival.name());
        if (before.isEmpty()) {
            rows.insert(arrival);
        } else if (rows.arrive(arrival) == 0) {
            throw new OvertakenException(
                    "node '%s' has connected anew since it said this Hello"
                            .formatted(arrival.name()));
        }
        if (before.map(NodeRow::standing).orElse(Standing.OFFLINE) != Standing.ONLINE) {
            tell(tx, "node.online", arrival.name(), Map.of("version", arrival.version()));
        }
        return andThen.apply(tx, before.map(NodeRow::draining).orElse(false));
    }

    /// Take note that the line of a node is closed, and when it was last heard of: its silence is
    /// counted from then on.
    ///
    /// @param goodbye whether it went down in order
    public void depart(NodeName name, Fleet.Left left, boolean goodbye) {
        database.change(tx -> {
            NodeDao rows = tx.dao(NodeDao.class);
            rows.seenAt(name.value(), left.session(), tx.now().minus(left.silence()));
            if (goodbye && rows.depart(name.value(), left.session()) > 0) {
                tell(tx, "node.offline", name.value(), Map.of());
            }
        });
    }

    /// Take note of what a node found out about its machine.
    public void facts(NodeName name, Map<String, String> facts) {
        fleet.find(name).ifPresent(node -> node.facts(facts));
        database.change(tx -> {
            Optional<NodeRow> before = tx.dao(NodeDao.class).find(name.value());
            if (before.isPresent() && !before.get().profile().facts().equals(facts)) {
                tx.dao(NodeDao.class).facts(name.value(), Json.of(facts));
                tell(
                        tx,
                        "node.facts-changed",
                        name.value(),
                        Map.of("changed", changed(before.get().profile().facts(), facts)));
            }
        });
        freed.run();
    }

    private static List<String> changed(Map<String, String> before, Map<String, String> now) {
        return Stream.concat(before.keySet().stream(), now.keySet().stream())
                .distinct()
                .filter(fact -> !Objects.equals(before.get(fact), now.get(fact)))
                .sorted()
                .toList();
    }

    /// Give the node nothing new; what it has goes on to its end. Again has no effect.
    public void drain(String name, String by) {
        decide(name, true, by);
    }

    /// Let the node take work again. Again has no effect.
    public void resume(String name, String by) {
        decide(name, false, by);
        freed.run();
    }

    private void decide(String name, boolean draining, String by) {
        database.change(tx -> {
            if (tx.dao(NodeDao.class).drain(name, draining) > 0) {
                tell(tx, draining ? "node.draining" : "node.resumed", name, Map.of("by", by));
            }
        });
        fleet.find(new NodeName(name)).ifPresent(node -> node.drain(draining));
    }

    /// Forget a node that was removed, and give up its steps.
    public void remove(NodeName name) {
        database.change(tx -> tx.dao(NodeDao.class).delete(name.value()));
        fleet.remove(name);
        removed.accept(name);
    }

    void tell(Tx tx, String type, String node, Map<String, Object> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("node", node);
        data.putAll(more);
        journal.append(tx, NewEvent.of(NAMESPACE, type, "node/" + node, new Parameters(data)));
    }
}
