package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millwright.engine.placement.Need;
import dev.millwright.engine.placement.Placement;
import dev.millwright.model.NodeName;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownNodesTest {
    private static final NodeName NAME = new NodeName("far");
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir Path folder;

    private final Fleet fleet = new Fleet();
    private final FakeLine line = new FakeLine();
    private Database database;
    private Nodes nodes;
    private KnownNodes known;

    @BeforeEach
    void open() {
        database = TestDatabases.embedded(folder);
        nodes = new Nodes(database, Journal.create(database), fleet, () -> {}, _ -> {});
        known = new KnownNodes(database, fleet);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static NodeHello hello(long connection, String os) {
        return new NodeHello(
                connection,
                new NodeProfile("1", "b", "l", Map.of(), Map.of("os", os), Set.of("process"), 2),
                List.of(),
                false,
                List.of(),
                Set.of());
    }

    /// The node connects to another server.
    private void comesElsewhere(long connection, String os) {
        nodes.arrive(NAME, UUID.randomUUID(), hello(connection, os), (_, draining) -> draining);
    }

    private void comesHere(long connection, String os) {
        UUID session = UUID.randomUUID();
        nodes.arrive(NAME, session, hello(connection, os), (_, draining) -> draining);
        fleet.join(NAME, session, line, hello(connection, os), false, Map.of());
        fleet.ready(NAME, line);
    }

    private void learnAfter(long seconds) {
        known.learn(database.read(tx -> tx.dao(NodeDao.class).signs()), START.plusSeconds(seconds));
    }

    private void store(String facts) {
        database.change(tx -> tx.dao(NodeDao.class).facts(NAME.value(), facts));
    }

    /// Whether the fleet knows a node with that operating system.
    private boolean isKnown(String os) {
        Placement.Demand demand =
                new Placement.Demand("process", List.of(new Need("os", Need.Operator.EQUAL, os)));
        return Placement.reasons(demand, fleet.allOffers(Map.of())).stream()
                .anyMatch(Placement.Reason::fits);
    }

    @Test
    void aNodeThatComesAnewIsReadAtOnce() {
        comesElsewhere(1, "linux");
        learnAfter(0);
        assertThat(isKnown("linux")).isTrue();

        comesElsewhere(2, "bsd");
        learnAfter(1);

        assertThat(isKnown("bsd")).isTrue();
        assertThat(isKnown("linux")).isFalse();
    }

    @Test
    void whatAnotherServerHeardOfANodeIsReadWithinTenSeconds() {
        comesElsewhere(1, "linux");
        learnAfter(0);
        store("{\"os\": \"bsd\"}");

        learnAfter(9);
        assertThat(isKnown("bsd")).isFalse();
        learnAfter(10);

        assertThat(isKnown("bsd")).isTrue();
    }

    @Test
    void whatANodeSaidHereIsKnownWithinTenSecondsAfterItHasGone() {
        comesHere(1, "linux");
        learnAfter(0);
        nodes.facts(NAME, Map.of("os", "bsd"));
        learnAfter(10);
        fleet.leave(NAME, line).ifPresent(left -> nodes.depart(NAME, left, false));

        learnAfter(20);

        assertThat(isKnown("bsd")).isTrue();
    }

    /// Reading it would fail.
    @Test
    void aNodeThatIsHereIsNotReadAgain() {
        comesHere(1, "linux");
        learnAfter(0);
        store("damaged");

        assertThatCode(() -> learnAfter(60)).doesNotThrowAnyException();
    }

    @Test
    void aNodeThatWasRemovedIsForgottenAndOthersAreNot() {
        comesElsewhere(1, "linux");
        nodes.arrive(
                new NodeName("near"),
                UUID.randomUUID(),
                hello(1, "bsd"),
                (_, draining) -> draining);
        learnAfter(0);

        nodes.remove(NAME);
        learnAfter(1);

        assertThat(isKnown("linux")).isFalse();
        assertThat(isKnown("bsd")).isTrue();
    }
}
