package dev.millwright.server.node;

import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.model.NodeName;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says of the nodes that are connected here that they live, and judges all of them by the
/// database's clock: suspect, unreachable, and in the end their steps lost.
///
/// Every server does the same; each change happens once. [#beat] and [#tick] are called from one
/// thread each.
public final class NodeWatch {
    private static final Logger log = LoggerFactory.getLogger(NodeWatch.class);

    private final Database database;
    private final Nodes nodes;
    private final Fleet fleet;
    private final NodeLimits limits;
    private final Consumer<NodeName> lost;
    private final Runnable freed;
    private final KnownNodes known;
    private final Hearing hearing;
    private boolean told;
    private long toldAt;
    private boolean frozen;
    private Instant frozenUntil = Instant.EPOCH;

    /// @param lost called for a node whose steps nobody waits for any longer, again and again
    /// @param freed called when a node may take work again
    public NodeWatch(
            Database database,
            Nodes nodes,
            Fleet fleet,
            NodeLimits limits,
            Consumer<NodeName> lost,
            Runnable freed) {
        this.database = database;
        this.nodes = nodes;
        this.fleet = fleet;
        this.limits = limits;
        this.lost = lost;
        this.freed = freed;
        this.known = new KnownNodes(database, fleet);
        this.hearing = new Hearing(limits.suspect());
    }

    /// Say of the nodes that are connected here that they live: for the servers that judge them,
    /// and so from the moment on when the first one is. Where no other server judges, the moment is
    /// for people only.
    public void beat() {
        Duration interval = database.isH2() ? Duration.ofMinutes(1) : limits.heartbeat();
        long now = System.nanoTime();
        if (told && now - toldAt < interval.toNanos()) {
            return;
        }
        Duration recently = limits.suspect().dividedBy(2);
        Set<UUID> alive =
                fleet.silences().entrySet().stream()
                        .filter(heard -> heard.getValue().compareTo(recently) <= 0)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        if (!alive.isEmpty()) {
            database.change(tx -> tx.dao(NodeDao.class).seen(alive));
            told = true;
            toldAt = now;
        }
    }

    /// Judge once.
    public void tick() {
        record Seen(Instant now, List<NodeSign> signs) {}
        long readAt = System.nanoTime();
        Seen seen = database.read(tx -> new Seen(tx.now(), tx.dao(NodeDao.class).signs()));
        Map<UUID, Duration> silences = fleet.silences();
        Judgement judgement =
                Judgement.of(
                        seen.signs(),
                        seen.now(),
                        hearing.since(seen.now(), fleet.arrivals()),
                        frozenUntil,
                        silences,
                        limits);
        boolean changed = !judgement.changes().isEmpty();
        for (Judgement.Change change : judgement.changes()) {
            database.change(tx -> judge(tx, change));
        }
        List<NodeSign> signs =
                changed ? database.read(tx -> tx.dao(NodeDao.class).signs()) : seen.signs();
        known.learn(signs, seen.now());
        decisions(signs, readAt);
        if (judgement.frozen()) {
            frozenUntil = seen.now();
        }
        tellFrozen(judgement.frozen());
        judgement.lost().forEach(name -> lost.accept(new NodeName(name)));
    }

    /// What other servers and administrators on them decided.
    private void decisions(List<NodeSign> signs, long readAt) {
        boolean back = false;
        for (NodeSign sign : signs) {
            FleetNode node = fleet.find(new NodeName(sign.name())).orElse(null);
            if (node != null && sign.session().filter(node.session()::equals).isPresent()) {
                back |= node.follow(sign.draining(), sign.standing() != Standing.ONLINE, readAt);
            }
        }
        if (back) {
            freed.run();
        }
    }

    private void judge(Tx tx, Judgement.Change change) {
        if (tx.dao(NodeDao.class).judge(change.node(), change.from(), change.to()) > 0) {
            String word = change.to().name().toLowerCase(Locale.ROOT);
            nodes.tell(tx, "node." + word, change.node(), Map.of());
            if (change.to() == Standing.ONLINE) {
                log.info("node '{}' is heard of again", change.node());
            } else {
                log.warn("node '{}' is {}", change.node(), word);
            }
        }
    }

    private void tellFrozen(boolean now) {
        if (now == frozen) {
            return;
        }
        frozen = now;
        String type = now ? "nodes.frozen" : "nodes.thawed";
        log.warn(
                now
                        ? "more than half of the nodes are unreachable: no step is given up until they are back or removed"
                        : "enough nodes are reachable again: steps of the others may be given up");
        database.change(tx -> nodes.tell(tx, type, "", Map.of()));
    }
}
