package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.model.NodeName;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import dev.millwright.server.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeWatchTest {
    private static final NodeName NAME = new NodeName("far");
    private static final NodeLimits LIMITS =
            new NodeLimits(
                    Duration.ofMillis(300),
                    Duration.ofMillis(900),
                    Duration.ofMillis(1500),
                    Duration.ofMillis(100));

    @TempDir Path folder;

    private final Fleet fleet = new Fleet();
    private final FakeLine line = new FakeLine();
    private final List<NodeName> lost = new CopyOnWriteArrayList<>();
    private final AtomicInteger freed = new AtomicInteger();
    private Database database;
    private Journal journal;
    private Nodes nodes;
    private NodeWatch watch;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder);
        journal = Journal.create(database);
        nodes = new Nodes(database, journal, fleet, freed::incrementAndGet, _ -> {});
        watch = new NodeWatch(database, nodes, fleet, LIMITS, lost::add, freed::incrementAndGet);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static NodeHello hello(long connection) {
        return new NodeHello(
                connection,
                new NodeProfile(
                        "1", "b", "l", Map.of(), Map.of("os", "linux"), Set.of("process"), 2),
                List.of(),
                false,
                List.of(),
                Set.of());
    }

    private void connect(NodeName name, long connection) {
        UUID session = UUID.randomUUID();
        nodes.arrive(name, session, hello(connection), (_, draining) -> draining);
        fleet.join(name, session, line, hello(connection), false, Map.of());
        fleet.ready(name, line);
    }

    private Standing standing(NodeName name) {
        return nodes.find(name.value()).orElseThrow().row().standing();
    }

    private void tickUntil(NodeName name, Standing wanted) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    watch.tick();
                    return standing(name) == wanted;
                });
    }

    private List<String> events(String about) {
        return journal.after(0, EventFilter.ALL, 100).stream()
                .filter(event -> event.subject().equals("node/" + about))
                .map(Event::type)
                .toList();
    }

    @Test
    void aSilentNodeIsSuspectThenUnreachableAndComesBackByASignOfLife() {
        connect(NAME, 1);
        connect(new NodeName("near"), 1);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    fleet.heard(new NodeName("near"), line, "", Set.of());
                    watch.tick();
                    return lost.contains(NAME);
                });

        assertThat(standing(NAME)).isEqualTo(Standing.UNREACHABLE);
        assertThat(standing(new NodeName("near"))).isEqualTo(Standing.ONLINE);
        fleet.heard(NAME, line, "", Set.of());
        watch.tick();
        assertThat(standing(NAME)).isEqualTo(Standing.ONLINE);
        assertThat(freed).hasPositiveValue();
        assertThat(events("far"))
                .containsExactly("node.online", "node.suspect", "node.unreachable", "node.online");
    }

    /// They pause between their tries to connect to a server that was away.
    @Test
    void afterTheStartNodesHaveTwiceTheTimeToBeHeard() {
        connect(NAME, 1);
        Instant begun = database.read(Tx::now);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> {
                    watch.tick();
                    return standing(NAME) != Standing.ONLINE;
                });

        assertThat(Duration.between(begun, database.read(Tx::now)))
                .isGreaterThan(LIMITS.suspect().multipliedBy(2));
    }

    @Test
    void nothingIsLostWhileMostNodesAreGoneAndThatIsToldOnce() {
        connect(NAME, 1);
        tickUntil(NAME, Standing.UNREACHABLE);
        await().during(LIMITS.lost())
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    watch.tick();
                    return lost.isEmpty();
                });

        assertThat(events("")).containsExactly("nodes.frozen");
        fleet.heard(NAME, line, "", Set.of());
        tickUntil(NAME, Standing.ONLINE);
        assertThat(events("")).containsExactly("nodes.frozen", "nodes.thawed");
    }

    @Test
    void aNodeThatWentDownInOrderIsOffline() {
        connect(NAME, 1);
        fleet.leave(NAME, line).ifPresent(left -> nodes.depart(NAME, left, true));

        watch.tick();

        assertThat(standing(NAME)).isEqualTo(Standing.OFFLINE);
        assertThat(events("far")).containsExactly("node.online", "node.offline");
    }

    @Test
    void aLateHelloChangesNothing() {
        connect(NAME, 7);
        NodeRow before = nodes.find("far").orElseThrow().row();

        assertThatThrownBy(() -> nodes.arrive(NAME, UUID.randomUUID(), hello(6), (_, d) -> d))
                .isInstanceOf(OvertakenException.class);

        assertThat(nodes.find("far").orElseThrow().row())
                .usingRecursiveComparison()
                // It is connected: each look says when it was heard last, reckoned from now
                .ignoringFields("seenAt")
                .isEqualTo(before);
        connect(NAME, 8);
        assertThat(nodes.find("far").orElseThrow().row().session()).isNotEqualTo(before.session());
    }

    @Test
    void factsThatChangedAreToldByName() {
        connect(NAME, 1);

        nodes.facts(NAME, Map.of("os", "linux", "tool.git", "2.39"));
        nodes.facts(NAME, Map.of("os", "linux", "tool.git", "2.39"));

        assertThat(events("far")).containsExactly("node.online", "node.facts-changed");
        assertThat(nodes.find("far").orElseThrow().row().profile().facts())
                .containsEntry("tool.git", "2.39");
    }

    @Test
    void spaceThatIsUsedIsKnownWithoutAnEvent() {
        connect(NAME, 1);
        nodes.facts(NAME, Map.of("os", "linux", "disk.free", "63Gi"));
        nodes.facts(NAME, Map.of("os", "linux", "disk.free", "62Gi"));

        assertThat(events("far")).containsExactly("node.online");
        assertThat(nodes.find("far").orElseThrow().row().profile().facts())
                .containsEntry("disk.free", "62Gi");
    }
}
