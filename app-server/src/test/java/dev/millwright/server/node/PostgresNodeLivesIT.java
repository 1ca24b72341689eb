package dev.millwright.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.server.store.Database;
import dev.millwright.server.store.TestDatabases;
import org.junit.jupiter.api.Test;

class PostgresNodeLivesIT extends NodeLivesTest {
    private final Fleet otherFleet = new Fleet();

    @Override
    Database database() {
        return TestDatabases.postgresql();
    }

    @Test
    void aCopyAtAnotherServerProvesNothingByItsJournal() {
        var _ = connect(nodes(fleet()), fleet(), "first", 1);

        assertThat(connect(nodes(otherFleet), otherFleet, "copy", 2).rival()).isTrue();
    }

    @Test
    void aSuccessorMayComeToAnotherServer() {
        Nodes here = nodes(fleet());
        var _ = connect(here, fleet(), "first", 1);
        lineBreaks(here, fleet());

        assertThat(connect(nodes(otherFleet), otherFleet, "second", 2).rival()).isFalse();
    }
}
