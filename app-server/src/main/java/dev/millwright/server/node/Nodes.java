package dev.millwright.server.node;

import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The nodes there are, and what administrators decide about them. What is decided outlives the
/// server and stands in the journal of the namespace `system`.
///
/// Called from any thread.
public final class Nodes {
    private final Database database;
    private final Journal journal;
    private final LocalNode local;
    private final Runnable freed;

    private Nodes(Database database, Journal journal, LocalNode local, Runnable freed) {
        this.database = database;
        this.journal = journal;
        this.local = local;
        this.freed = freed;
    }

    /// Take up what was decided before.
    ///
    /// @param freed called when a node takes work again
    public static Nodes create(
            Database database, Journal journal, LocalNode local, Runnable freed) {
        Nodes nodes = new Nodes(database, journal, local, freed);
        String name = local.name().value();
        local.drain(database.read(tx -> tx.dao(NodeDao.class).countDraining(name)) > 0);
        return nodes;
    }

    public List<LocalNode> all() {
        return List.of(local);
    }

    public Optional<LocalNode> find(String name) {
        return all().stream().filter(node -> node.name().value().equals(name)).findFirst();
    }

    /// Give the node nothing new; what it has goes on to its end. Again has no effect.
    public void drain(LocalNode node, String by) {
        decide(node, true, by);
        node.drain(true);
    }

    /// Let the node take work again. Again has no effect.
    public void resume(LocalNode node, String by) {
        decide(node, false, by);
        node.drain(false);
        freed.run();
    }

    private void decide(LocalNode node, boolean draining, String by) {
        if (node.isDraining() == draining) {
            return;
        }
        try {
            database.change(tx -> store(tx, node, draining, by));
        } catch (DuplicateException raced) {
            // Somebody decided about it for the first time at this very moment
            database.change(tx -> store(tx, node, draining, by));
        }
    }

    private void store(Tx tx, LocalNode node, boolean draining, String by) {
        String name = node.name().value();
        NodeDao rows = tx.dao(NodeDao.class);
        if (rows.update(name, draining, tx.now()) == 0) {
            rows.insert(name, draining, tx.now());
        }
        journal.append(
                tx,
                NewEvent.of(
                        "system",
                        draining ? "node.draining" : "node.resumed",
                        "node/" + name,
                        new Parameters(Map.of("node", name, "by", by))));
    }
}
