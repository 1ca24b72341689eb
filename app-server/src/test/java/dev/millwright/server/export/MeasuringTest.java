package dev.millwright.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millwright.engine.placement.NodeOffer.Standing;
import dev.millwright.plugin.report.Measures;
import dev.millwright.plugin.report.Measures.Active;
import dev.millwright.server.node.NodeProfile;
import dev.millwright.server.node.NodeRow;
import dev.millwright.server.node.Nodes;
import dev.millwright.server.run.Statistics.ActiveCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasuringTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final List<ActiveCount> active = new ArrayList<>();
    private final List<Nodes.Counted> nodes = new ArrayList<>();
    private final Measuring measuring =
            Measuring.create(List::of, () -> active, () -> nodes, List::of, () -> Instant.EPOCH);

    private void node(Standing standing, boolean draining, int busy) {
        NodeProfile profile =
                new NodeProfile("0.1.0", "boot", "life", Map.of(), Map.of(), Set.of(), 4);
        String name = "n" + nodes.size();
        nodes.add(
                new Nodes.Counted(
                        new NodeRow(name, draining, standing, NOW, NOW, NOW, null, profile),
                        busy,
                        ""));
    }

    @Test
    void whatWasActiveAndIsNotAnyMoreIsToldAsNothing() {
        active.add(new ActiveCount("default", "web", "executing", 2));
        assertThat(measuring.measures(NOW).active())
                .containsExactly(new Active("default", "web", "executing", 2));
        active.clear();
        active.add(new ActiveCount("default", "web", "pending", 1));
        Measures later = measuring.measures(NOW);
        assertThat(later.active())
                .containsExactlyInAnyOrder(
                        new Active("default", "web", "executing", 0),
                        new Active("default", "web", "pending", 1));
        assertThat(later.at()).isEqualTo(NOW);
        assertThat(later.since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void nodesAreAvailableBusyOrOffline() {
        node(Standing.ONLINE, false, 0);
        node(Standing.ONLINE, false, 3);
        node(Standing.ONLINE, true, 0);
        node(Standing.ONLINE, true, 1);
        node(Standing.OFFLINE, false, 1);
        node(Standing.UNREACHABLE, false, 0);
        assertThat(measuring.measures(NOW).workers())
                .isEqualTo(Map.of("available", 1L, "busy", 2L, "offline", 3L));
    }

    @Test
    void everyStateIsToldAlsoWithoutNodes() {
        assertThat(measuring.measures(NOW).workers())
                .isEqualTo(Map.of("available", 0L, "busy", 0L, "offline", 0L));
    }
}
