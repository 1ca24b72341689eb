package dev.millwright.server.node;

import dev.millwright.model.NodeName;
import dev.millwright.server.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Tells the fleet what the database knows of all nodes. There may be a thousand, and a whole row
/// takes reading: it is read again only when its node has come anew or stands differently, and now
/// and then when no line of this server would say what has changed about it.
///
/// One thread.
final class KnownNodes {
    private static final Duration REREAD = Duration.ofSeconds(10);

    /// So many rows are asked for by name; of more, all are read.
    private static final int BY_NAME = 200;

    private final Database database;
    private final Fleet fleet;
    private Map<String, NodeSign> signs = new HashMap<>();
    private Map<String, NodeRow> rows = new TreeMap<>();
    private Instant rereadAt = Instant.MIN;

    KnownNodes(Database database, Fleet fleet) {
        this.database = database;
        this.fleet = fleet;
    }

    /// Learn what is new.
    ///
    /// @param now of all nodes, read a moment ago
    /// @param at by the database's clock
    void learn(List<NodeSign> now, Instant at) {
        boolean due = Duration.between(rereadAt, at).compareTo(REREAD) >= 0;
        Set<String> wanted = new HashSet<>();
        for (NodeSign sign : now) {
            NodeSign before = signs.get(sign.name());
            boolean isNew = before == null || !sign.isLike(before);
            if (isNew || (due && fleet.find(new NodeName(sign.name())).isEmpty())) {
                wanted.add(sign.name());
            }
        }
        if (due) {
            rereadAt = at;
        }
        if (!wanted.isEmpty() || now.size() != signs.size()) {
            replace(now, read(wanted));
            fleet.know(List.copyOf(rows.values()));
        }
    }

    private Map<String, NodeRow> read(Set<String> wanted) {
        Map<String, NodeRow> read = new HashMap<>();
        if (!wanted.isEmpty()) {
            database.read(
                            tx -> {
                                NodeDao dao = tx.dao(NodeDao.class);
                                return wanted.size() > BY_NAME ? dao.all() : dao.named(wanted);
                            })
                    .forEach(row -> read.put(row.name(), row));
        }
        return read;
    }

    private void replace(List<NodeSign> now, Map<String, NodeRow> read) {
        Map<String, NodeSign> nextSigns = new HashMap<>();
        Map<String, NodeRow> next = new TreeMap<>();
        for (NodeSign sign : now) {
            NodeRow row = read.getOrDefault(sign.name(), rows.get(sign.name()));
            // One that was removed since is missing among the next signs, too
            if (row != null) {
                next.put(sign.name(), row);
                nextSigns.put(sign.name(), sign);
            }
        }
        rows = next;
        signs = nextSigns;
    }
}
