package dev.millwright.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.api.server.NodeView;
import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.model.NodeName;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.node.NodeRow;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.pki.NodeAuthority.Enrolled;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NodeViewsTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

    private static Nodes.Counted connected(String name, Standing standing) {
        return connected(name, standing, Map.of());
    }

    private static Nodes.Counted connected(
            String name, Standing standing, Map<String, String> facts) {
        NodeProfile profile =
                new NodeProfile("1", "boot", "life", Map.of(), facts, Set.of("process"), 2);
        return new Nodes.Counted(
                new NodeRow(name, false, standing, THEN, THEN, THEN, null, profile), 0, "");
    }

    private static Enrolled joined(String name, @Nullable Instant quarantined) {
        return new Enrolled(new NodeName(name), Map.of("zone", "a"), THEN, quarantined);
    }

    @Test
    void aNodeThatJoinedAndNeverConnectedIsShownInItsPlace() {
        List<NodeView> nodes =
                NodeViews.of(
                        List.of(
                                connected("a", Standing.ONLINE),
                                connected("local", Standing.ONLINE)),
                        List.of(joined("a", null), joined("fresh", null)));

        assertThat(nodes).extracting(NodeView::name).containsExactly("a", "fresh", "local");
        assertThat(nodes).extracting(NodeView::state).containsExactly("online", "joined", "online");
        assertThat(nodes.get(1).advice()).contains("never connected", "millwright node run");
        assertThat(nodes.get(1).labels()).containsEntry("zone", "a");
        assertThat(nodes.get(1).seenAt()).isNull();
        assertThat(nodes.getFirst().advice()).isEmpty();
    }

    @Test
    void quarantineIsShownWhateverElseIsKnownWithWhatToDo() {
        List<NodeView> nodes =
                NodeViews.of(
                        List.of(connected("a", Standing.OFFLINE)),
                        List.of(joined("a", THEN), joined("b", THEN)));

        assertThat(nodes)
                .allSatisfy(node -> {
                    assertThat(node.state()).isEqualTo("quarantined");
                    assertThat(node.advice())
                            .contains(
                                    "copied", "millwright node remove " + node.name(), "new token");
                });
    }

    @Test
    @Tag("R26")
    void aClockThatIsOffIsShownWithWhatToDo() {
        var behind = connected("a", Standing.ONLINE, Map.of("clock.offset", "-86400"));
        assertThat(NodeViews.of(behind, null).advice())
                .contains("86400 s behind that of the servers", "timedatectl");
        var ahead = connected("a", Standing.ONLINE, Map.of("clock.offset", "86400"));
        assertThat(NodeViews.of(ahead, null).advice()).contains("86400 s ahead of that");
    }

    @Test
    void theNodeOfAServerIsBackWithItsServer() {
        assertThat(NodeViews.of(connected("local", Standing.UNREACHABLE), null).advice())
                .contains("its server is lost: start it again", "millwright get servers")
                .doesNotContain("node remove");
        assertThat(NodeViews.of(connected("local", Standing.OFFLINE), null).advice())
                .contains("its server was stopped")
                .doesNotContain("node run");
        assertThat(NodeViews.of(connected("a", Standing.UNREACHABLE), joined("a", null)).advice())
                .contains("millwright node remove a");
    }

    @Test
    void eachStateThatIsNotWellSaysWhatItMeans() {
        for (Standing standing :
                List.of(Standing.SUSPECT, Standing.UNREACHABLE, Standing.OFFLINE)) {
            assertThat(NodeViews.of(connected("a", standing), null).advice()).isNotEmpty();
        }
    }
}
