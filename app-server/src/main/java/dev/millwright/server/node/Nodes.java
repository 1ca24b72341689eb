package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.model.NodeName;
import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Json;
import dev.millwright.server.store.Lane;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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

    /// Facts that change all day long: that they did is not worth an event.
    private static final Set<String> RESTLESS = Set.of("disk.free");

    /// Two heartbeats at their usual pace.
    private static final Duration JUST_NOW = Duration.ofSeconds(6);

    /// After a restart all nodes come back at once.
    private static final int ARRIVALS = 4;

    private final Database database;
    private final Journal journal;
    private final Fleet fleet;
    private final Runnable freed;
    private final Consumer<NodeName> removed;
    private final Lane arrivals = new Lane(ARRIVALS);

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
            return tx.dao(NodeDao.class).all().stream()
                    .map(row -> counted(row, busy, tx.now()))
                    .toList();
        });
    }

    public Optional<Counted> find(String name) {
        return database.read(tx ->
                tx.dao(NodeDao.class)
                        .find(name)
                        .map(row -> counted(row, tx.dao(NodeDao.class).busy(), tx.now())));
    }

    private Counted counted(NodeRow row, Map<String, Integer> busy, Instant now) {
        Optional<FleetNode> here = fleet.find(new NodeName(row.name()));
        // What is stored may be a minute old: it is written seldom where no other server looks
        Optional<Instant> heard =
                here.filter(node -> row.session().filter(node.session()::equals).isPresent())
                        .map(node -> now.minus(node.silence()));
        return new Counted(
                heard.filter(row.seenAt()::isBefore).map(row::seen).orElse(row),
                busy.getOrDefault(row.name(), 0),
                here.map(FleetNode::refusal).orElse(""));
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
    /// Throws [CopiedNodeException] when an earlier life of the node's program comes back; then
    /// nothing is noted.
    public <T> T arrive(
            NodeName name, UUID session, NodeHello hello, BiFunction<Tx, Before, T> andThen) {
        NodeDao.Arrival arrival = NodeDao.Arrival.of(name.value(), session, hello);
        return arrivals.pass(() -> {
            try {
                return database.write(tx -> arrive(tx, arrival, andThen));
            } catch (DuplicateException raced) {
                // It connected to another server for the first time at this very moment
                return database.write(tx -> arrive(tx, arrival, andThen));
            }
        });
    }

    /// What was known of a node that connects.
    ///
    /// @param draining whether it is being drained
    /// @param rival whether another life of its program was heard of moments ago and has not gone:
    ///   what that was given, the journal of this one may know nothing of
    public record Before(boolean draining, boolean rival) {}

    private <T> T arrive(Tx tx, NodeDao.Arrival arrival, BiFunction<Tx, Before, T> andThen) {
        NodeDao rows = tx.dao(NodeDao.class);
        Optional<NodeDao.Told> known = rows.told(arrival.name());
        if (known.isEmpty()) {
            rows.insert(arrival);
            tellOnline(tx, arrival);
            return andThen.apply(tx, new Before(false, false));
        }
        NodeDao.Told told = known.get();
        if (rows.arrive(arrival) == 0) {
            throw new OvertakenException(
                    "node '%s' has connected anew since it said this Hello"
                            .formatted(arrival.name()));
        }
        boolean numbered = arrival.connection() > 0;
        if (numbered && told.hasLivedAs(arrival.life())) {
            throw new CopiedNodeException(
                    "node '%s' connects from two places in turn".formatted(arrival.name()));
        }
        if (told.sign().standing() != Standing.ONLINE) {
            tellOnline(tx, arrival);
        }
        if (!told.facts().equals(arrival.facts())) {
            tellFacts(tx, arrival.name(), Json.texts(told.facts()), Json.texts(arrival.facts()));
        }
        boolean rival =
                numbered && !told.life().equals(arrival.life()) && isHeard(told.sign(), tx.now());
        return andThen.apply(tx, new Before(told.sign().draining(), rival));
    }

    private void tellOnline(Tx tx, NodeDao.Arrival arrival) {
        tell(tx, "node.online", arrival.name(), Map.of("version", arrival.version()));
    }

    /// Whether the connection that the node had stands, and somebody has spoken there just now.
    private boolean isHeard(NodeSign node, Instant now) {
        Optional<FleetNode> here =
                fleet.find(new NodeName(node.name()))
                        .filter(one -> node.session().filter(one.session()::equals).isPresent());
        if (here.isPresent()) {
            return here.get().silence().compareTo(JUST_NOW) < 0;
        }
        // On the embedded database there is no other server that could hold it
        return !database.isH2()
                && node.session().isPresent()
                && Duration.between(node.seenAt(), now).compareTo(JUST_NOW) < 0;
    }

    /// Take note that the line of a node is closed, and when it was last heard of: its silence is
    /// counted from then on.
    ///
    /// @param goodbye whether it went down in order
    public void depart(NodeName name, Fleet.Left left, boolean goodbye) {
        database.change(tx -> {
            NodeDao rows = tx.dao(NodeDao.class);
            rows.seenAt(name.value(), left.session(), tx.now().minus(left.silence()));
            if (!goodbye) {
                rows.close(name.value(), left.session());
            } else if (rows.depart(name.value(), left.session()) > 0) {
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
                tellFacts(tx, name.value(), before.get().profile().facts(), facts);
            }
        });
        freed.run();
    }

    private void tellFacts(
            Tx tx, String name, Map<String, String> before, Map<String, String> now) {
        List<String> changed = changed(before, now);
        if (!RESTLESS.containsAll(changed)) {
            tell(tx, "node.facts-changed", name, Map.of("changed", changed));
        }
    }

    /// Take note of what a node can carry out now.
    ///
    /// @param missing kinds that it knows of and cannot carry out, and why
    public void runners(NodeName name, Set<String> kinds, Map<String, String> missing) {
        fleet.find(name).ifPresent(node -> node.runners(kinds, missing));
        database.change(tx -> {
            NodeDao rows = tx.dao(NodeDao.class);
            NodeProfile before = rows.find(name.value()).map(NodeRow::profile).orElse(null);
            if (before == null
                    || (before.runners().equals(kinds) && before.missing().equals(missing))) {
                return;
            }
            rows.runners(name.value(), String.join(" ", new TreeSet<>(kinds)), Json.of(missing));
            tell(
                    tx,
                    "node.runners-changed",
                    name.value(),
                    Map.of("runners", List.copyOf(new TreeSet<>(kinds)), "missing", missing));
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
