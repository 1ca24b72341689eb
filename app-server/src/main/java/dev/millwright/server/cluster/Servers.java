package dev.millwright.server.cluster;

import dev.millwright.model.Parameters;
import dev.millwright.server.event.Journal;
import dev.millwright.server.event.NewEvent;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.DuplicateException;
import dev.millwright.server.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who else works on this database. Each server says every two seconds that it lives; one that has
/// not done so for ten is given up. That is judged by the database's clock alone. A server that was
/// given up while it stood still just goes on: what it writes is checked row by row, not here.
///
/// Comings and goings stand in the journal of the namespace `system`, each once, whoever noticed.
/// The embedded database belongs to one server, which says nothing every two seconds there.
///
/// Called from any thread.
public final class Servers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Servers.class);

    private final Database database;
    private final Journal journal;
    private final ServerIdentity self;
    private final Timing timing;
    private final List<Consumer<ServerRecord>> onLost = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile List<ServerRecord> seen = List.of();
    private volatile List<String> linkAddresses = List.of();
    private @Nullable Instant lastBeat;
    private @Nullable Instant judgeFrom;

    /// How long what may take.
    ///
    /// @param beat how often a server says that it lives
    /// @param dead after this silence it is given up
    /// @param keep how long those that were given up stay listed
    public record Timing(Duration beat, Duration dead, Duration keep) {
        public static final Timing USUAL =
                new Timing(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofDays(1));
    }

    private Servers(Database database, Journal journal, ServerIdentity self, Timing timing) {
        this.database = database;
        this.journal = journal;
        this.self = self;
        this.timing = timing;
    }

    /// Join the servers of the database. Throws [ClusterException] when another one that lives has
    /// a node of the same name.
    public static Servers join(Database database, Journal journal, ServerIdentity self) {
        return join(database, journal, self, Timing.USUAL);
    }

    static Servers join(Database database, Journal journal, ServerIdentity self, Timing timing) {
        Servers servers = new Servers(database, journal, self, timing);
        servers.join();
        if (!database.isH2()) {
            Thread.ofVirtual().name("servers").start(servers::beatAgainAndAgain);
        }
        return servers;
    }

    private void join() {
        try {
            database.change(this::enter);
        } catch (DuplicateException raced) {
            // Somebody with a node of that name came in first; now it is there to be named
            database.change(this::enter);
        }
        see(all());
    }

    /// Each heartbeat of each node asks for the addresses.
    private void see(List<ServerRecord> now) {
        seen = now;
        linkAddresses =
                now.stream()
                        .sorted(Comparator.comparing(ServerRecord::lost))
                        .map(ServerRecord::linkAddress)
                        .filter(address -> !address.isEmpty())
                        .distinct()
                        .toList();
    }

    private void enter(Tx tx) {
        ServerDao rows = tx.dao(ServerDao.class);
        for (ServerRecord other : rows.all()) {
            boolean isFormerLife = other.home().equals(self.home()) || database.isH2();
            boolean isNamesake = other.nodeName().equals(self.node().value());
            if (isNamesake && !isFormerLife && isAlive(other)) {
                throw new ClusterException(
                        "the server %s (%s) has a node named '%s' already; give the node of this server another name with 'node.name', or wait %d seconds if that server has just died"
                                .formatted(
                                        other.name(),
                                        other.address(),
                                        self.node(),
                                        timing.dead().toSeconds()));
            }
            if (isFormerLife || isNamesake) {
                if (rows.delete(other.id()) == 1 && !other.lost()) {
                    append(tx, "server.lost", other.id(), other.name());
                }
            }
        }
        rows.insert(self);
        append(tx, "server.started", self.id(), self.name());
    }

    private void append(Tx tx, String type, UUID id, String name) {
        journal.append(
                tx,
                NewEvent.of(
                        "system",
                        type,
                        "server/" + name,
                        new Parameters(Map.of("server", name, "id", id.toString()))));
    }

    private void beatAgainAndAgain() {
        try {
            while (!closed.await(timing.beat().toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    beat();
                    look();
                } catch (RuntimeException away) {
                    log.debug("this server could not say that it lives", away);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() {
        if (database.write(tx -> tx.dao(ServerDao.class).beat(self.id())) == 1) {
            return;
        }
        boolean isKnown =
                database.write(tx -> {
                    boolean back = tx.dao(ServerDao.class).comeBack(self.id()) == 1;
                    if (back) {
                        append(tx, "server.returned", self.id(), self.name());
                    }
                    return back;
                });
        if (closed.getCount() == 0) {
            return;
        }
        if (!isKnown) {
            try {
                join();
            } catch (ClusterException replaced) {
                log.error("this server was silent for too long: {}", replaced.getMessage());
                return;
            }
        }
        log.warn("this server was silent for so long that the others gave it up; it goes on");
    }

    private void look() {
        List<ServerRecord> now = all();
        if (now.isEmpty()) {
            return;
        }
        if (mayJudge(now.getFirst().now())) {
            now.stream().filter(other -> !other.lost() && !isAlive(other)).forEach(this::giveUp);
            if (now.stream().anyMatch(this::isOld)) {
                Instant before = now.getFirst().now().minus(timing.keep());
                database.change(tx -> tx.dao(ServerDao.class).deleteOld(before));
            }
            now = all();
        }
        Set<UUID> before =
                seen.stream()
                        .filter(other -> !other.lost())
                        .map(ServerRecord::id)
                        .collect(Collectors.toSet());
        see(now);
        now.stream()
                .filter(other -> other.lost() && before.contains(other.id()))
                .forEach(lost -> onLost.forEach(listener -> listener.accept(lost)));
    }

    /// After a silence of one's own, such as an outage of the database, the others were silent,
    /// too: they get time to say that they live.
    private boolean mayJudge(Instant now) {
        Instant last = lastBeat;
        lastBeat = now;
        Duration half = timing.dead().dividedBy(2);
        if (last == null || Duration.between(last, now).compareTo(half) > 0) {
            judgeFrom = now.plus(half);
        }
        return judgeFrom == null || now.isAfter(judgeFrom);
    }

    private void giveUp(ServerRecord other) {
        boolean first =
                database.write(tx -> {
                    boolean gone = tx.dao(ServerDao.class).giveUp(other.id(), other.seenAt()) == 1;
                    if (gone) {
                        append(tx, "server.lost", other.id(), other.name());
                    }
                    return gone;
                });
        if (first) {
            log.warn(
                    "the server {} ({}) has said nothing for {} s; the others carry its work on",
                    other.name(),
                    other.address(),
                    timing.dead().toSeconds());
        }
    }

    private boolean isAlive(ServerRecord other) {
        return !other.lost() && other.seenAt().plus(timing.dead()).isAfter(other.now());
    }

    private boolean isOld(ServerRecord other) {
        return other.lost() && other.seenAt().plus(timing.keep()).isBefore(other.now());
    }

    /// Be told of each server that is given up, on every other server; again when it returns and is
    /// given up again. Be quick.
    public void onLost(Consumer<ServerRecord> listener) {
        onLost.add(listener);
    }

    public ServerIdentity self() {
        return self;
    }

    /// All servers, also those that were given up lately, as the database knows them now.
    public List<ServerRecord> all() {
        return database.read(tx -> tx.dao(ServerDao.class).all());
    }

    /// Where nodes connect, on this server and the others, as of two seconds ago at most. Those
    /// that were given up lately come last: one may have been silent for a moment only, and be the
    /// only one that is left when the others die.
    public List<String> linkAddresses() {
        return linkAddresses;
    }

    /// The origins of resources that the other servers keep applied.
    public Set<String> sourcesElsewhere() {
        return all().stream()
                .filter(other -> !other.lost() && !other.id().equals(self.id()))
                .flatMap(other -> other.sources().lines())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether no other server was there when this one last looked, two seconds ago at most.
    public boolean isAlone() {
        return seen.stream().allMatch(other -> other.lost() || other.id().equals(self.id()));
    }

    @Override
    public void close() {
        closed.countDown();
        database.change(tx -> {
            if (tx.dao(ServerDao.class).delete(self.id()) == 1) {
                append(tx, "server.stopped", self.id(), self.name());
            }
        });
    }
}
