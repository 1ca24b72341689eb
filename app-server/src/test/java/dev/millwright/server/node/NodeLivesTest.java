package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millwright.model.NodeName;
import dev.millwright.model.event.Event;
import dev.millwright.server.event.EventFilter;
import dev.millwright.server.event.Journal;
import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each start of an agent is a life of its own; two lives side by side are a copy.
class NodeLivesTest {
    private static final NodeName NAME = new NodeName("far");

    @TempDir Path folder;

    private final Fleet fleet = new Fleet();
    private Database database;
    private Journal journal;
    private Nodes nodes;

    Database database() {
        return TestDatabases.embedded(folder);
    }

    @BeforeEach
    void open() {
        database = database();
        journal = Journal.create(database);
        nodes = nodes(fleet);
    }

    @AfterEach
    void close() {
        database.close();
    }

    final Nodes nodes(Fleet here) {
        return new Nodes(database, journal, here, () -> {}, _ -> {});
    }

    final Fleet fleet() {
        return fleet;
    }

    private static NodeHello hello(String life, long connection, String os) {
        return new NodeHello(
                connection,
                new NodeProfile("1", "b", life, Map.of(), Map.of("os", os), Set.of("process"), 2),
                List.of(),
                false,
                List.of(),
                Set.of());
    }

    /// What was known before of the node that connects to one of the servers.
    final Nodes.Before connect(Nodes at, Fleet here, String life, long connection) {
        UUID session = UUID.randomUUID();
        NodeHello hello = hello(life, connection, "linux");
        Nodes.Before before = at.arrive(NAME, session, hello, (_, known) -> known);
        here.join(NAME, session, new FakeLine(), hello, false, Map.of());
        return before;
    }

    private Nodes.Before connect(String life, long connection) {
        return connect(nodes, fleet, life, connection);
    }

    final void lineBreaks(Nodes at, Fleet here) {
        NodeLine line = here.find(NAME).orElseThrow().line();
        at.depart(NAME, here.leave(NAME, line).orElseThrow(), false);
    }

    @Test
    @Tag("S23")
    void aLifeBesideOneThatIsHeardProvesNothingByItsJournal() {
        assertThat(connect("first", 1).rival()).isFalse();
        assertThat(connect("first", 2).rival()).as("the same connects again").isFalse();

        assertThat(connect("copy", 3).rival()).isTrue();
    }

    @Test
    void aLifeAfterOneWhoseLineHasBrokenIsItsSuccessor() {
        var _ = connect("first", 1);
        lineBreaks(nodes, fleet);

        assertThat(connect("second", 2).rival()).isFalse();
    }

    @Test
    @Tag("S23")
    void aLifeThatComesBackAfterItsSuccessorIsACopy() {
        var _ = connect("first", 1);
        lineBreaks(nodes, fleet);
        var _ = connect("second", 2);

        assertThatThrownBy(() -> connect("first", 3))
                .isInstanceOf(CopiedNodeException.class)
                .hasMessage("node 'far' connects from two places in turn");
        assertThatThrownBy(() -> connect("first", 1))
                .as("it was said before the second came")
                .isInstanceOf(OvertakenException.class);
        assertThat(connect("second", 4).rival()).as("nothing was noted of it").isFalse();
    }

    @Test
    void manyLivesAfterOneAnotherAreNoCopies() {
        for (int i = 1; i <= 20; i++) {
            assertThat(connect(UUID.randomUUID().toString(), i).rival()).isFalse();
            lineBreaks(nodes, fleet);
        }
    }

    @Test
    void factsThatChangedWhileItWasAwayAreTold() {
        var _ = connect("first", 1);
        lineBreaks(nodes, fleet);
        var _ = nodes.arrive(NAME, UUID.randomUUID(), hello("second", 2, "bsd"), (_, b) -> b);

        assertThat(journal.after(0, EventFilter.ALL, 100))
                .extracting(Event::type)
                .containsOnlyOnce("node.facts-changed");
    }
}
